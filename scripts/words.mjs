// Fills the pages' HTML with words: `{{name}}` in demos/<page>/index.html, and in what head.mjs adds to it, stands for
// the export `name` of html.ts in the page's folder of the catalogue, demos/words/<language>/<page>, or in its folder
// shared.
import { basename, dirname, relative, resolve } from "node:path";
import { runnerImport } from "vite";
import { root } from "./install.mjs";

const demos = resolve(root, "demos");
const english = resolve(demos, "words/en");

/** @typedef {Readonly<Record<string, string>>} Words */

/**
 * Fills the HTML of pages in demos/ and takes all other words from the same catalogue. Throws for a placeholder without a word
 * and for a word of the page that its HTML does not use.
 * @param {string} catalogue its folder, named by the language
 * @returns {import("vite").Plugin}
 */
export function pageWords(catalogue = english) {
  return {
    name: "page-words",
    config: () =>
      catalogue === english
        ? {}
        : { resolve: { alias: [{ find: /^.*\/words\/en\//, replacement: `${catalogue}/` }] } },
    transformIndexHtml: {
      order: "pre", // so that plugins that read titles and descriptions find them
      async handler(html, { filename }) {
        const folder = relative(demos, dirname(filename));
        if (/[\\/]|^\.\./.test(folder)) return html;
        const own = await wordsOf(resolve(catalogue, folder || "gallery"));
        const shared = await wordsOf(resolve(catalogue, "shared"));
        const filled = fill(html, own, shared, `demos/${folder}/index.html`);
        return filled.replace('<html lang="en">', `<html lang="${basename(catalogue)}">`);
      },
    },
  };
}

/** @param {string} folder @returns {Promise<Words>} */
async function wordsOf(folder) {
  const { module } = await runnerImport(resolve(folder, "html.ts"));
  return /** @type {Words} */ (module);
}

/**
 * HTML with words in place of placeholders.
 * @param {string} html
 * @param {Words} own words of this page, all of which it uses
 * @param {Words} shared words of all pages
 * @param {string} path of the page, for errors
 */
export function fill(html, own, shared, path) {
  /** @type {Set<string>} */
  const used = new Set();
  const filled = html.replace(/\{\{(\w+)\}\}/g, (_, name) => {
    used.add(name);
    const word = own[name] ?? shared[name];
    if (word === undefined)
      throw new Error(`${path}: expected a word for {{${name}}} in html.ts, got none; add it`);
    return word;
  });
  const unused = Object.keys(own).filter((name) => !used.has(name));
  if (unused.length > 0)
    throw new Error(
      `${path}: expected {{…}} for every word of its html.ts, got none for ${unused.join(", ")}; take it out`,
    );
  return filled;
}
