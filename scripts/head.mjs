// What the head and the masthead of every demo page have in common: each index.html has its title and its description.
// Its words are placeholders, which words.mjs fills.
import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { root } from "./install.mjs";
import { sourceAddress } from "./repository.mjs";

const demos = resolve(root, "demos");

const { repository } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8"));

/** The adapter, the way back and the source of a lab. @param {string | undefined} source its address */
const where = (source) => `  <div class="where">
          <p class="badge">{{lookingForGpu}}</p>
          <a href="../">{{allDemos}}</a>${source ? ` · <a href="${source}">{{source}}</a>` : ""}
        </div>
      `;

/** What every page says where scripts do not run. */
const noscript = {
  tag: "noscript",
  children: '<p class="note"><strong>{{needsJavaScript}}</strong> {{switchJavaScriptOn}}</p>',
};

/**
 * Fills the head of pages in demos/, and adds the adapter, the way back and, where package.json names a repository, a link to
 * the source to a lab's masthead. A lab has a main.ts and a style.css; pages elsewhere stay as they are.
 * @param {unknown} from package.json's repository
 * @returns {import("vite").Plugin}
 */
export function commonHead(from = repository) {
  return {
    name: "common-head",
    transformIndexHtml: {
      order: "pre", // so that the styles and the script are found in the build
      handler(html, { filename }) {
        const folder = relative(demos, dirname(filename));
        if (/[\\/]|^\.\./.test(folder)) return undefined;
        const lab = folder !== "";
        const style = (/** @type {string} */ href) =>
          /** @type {const} */ ({ tag: "link", attrs: { rel: "stylesheet", href } });
        const icon = { rel: "icon", href: "data:," };
        const tags = [
          { tag: "meta", attrs: { charset: "utf-8" } },
          {
            tag: "meta",
            attrs: { name: "viewport", content: "width=device-width, initial-scale=1" },
          },
          { tag: "link", attrs: icon },
          style(`${lab ? ".." : "."}/shared/theme.css`),
          style(lab ? "./style.css" : "./shared/gallery.css"),
          {
            tag: "script",
            attrs: { type: "module", src: lab ? "./main.ts" : "./shared/gallery.ts" },
          },
          { ...noscript, injectTo: /** @type {const} */ ("body-prepend") },
        ];
        const masthead = () => `${where(sourceAddress(from, `demos/${folder}`))}</header>`;
        return { html: lab ? html.replace("</header>", masthead) : html, tags };
      },
    },
  };
}
