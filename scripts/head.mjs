// The common parts of the head and the masthead of the demo pages; each index.html has its own title and description.
// The text consists of placeholders, which words.mjs replaces.
import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { root } from "./install.mjs";
import { sourceAddress } from "./repository.mjs";

const demos = resolve(root, "demos");

const { repository } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8"));

/**
 * The line of a lab's masthead with the adapter, the link to all demos and the link to the source.
 * @param {string | undefined} source its address
 */
const where = (source) => `  <div class="where">
          <p class="badge">{{lookingForGpu}}</p>
          <a href="../">{{allDemos}}</a>${source ? ` · <a href="${source}">{{source}}</a>` : ""}
        </div>
      `;

/** The text that pages show if scripts do not run. */
const noscript = {
  tag: "noscript",
  children: '<p class="note"><strong>{{needsJavaScript}}</strong> {{switchJavaScriptOn}}</p>',
};

/**
 * Fills the head of pages in demos/, and adds the adapter, the link to all demos and, if package.json names a
 * repository, a link to the source to the masthead of labs. A lab has a main.ts and a style.css; other pages are left
 * as they are.
 * @param {unknown} from package.json's repository
 * @returns {import("vite").Plugin}
 */
export function commonHead(from = repository) {
  return {
    name: "common-head",
    transformIndexHtml: {
      order: "pre", // so that the build finds the styles and the script
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
