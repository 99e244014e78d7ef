// Writes the service worker of the built site, with the list of files that each page may load, found in the built
// files.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import { root } from "./install.mjs";

/** @typedef {{ name: string; text: string }} Built */

const WORKER = "service_worker.js";

/**
 * Files that a page refers to, and those that they refer to, and so on.
 * @param {Built} page @param {readonly Built[]} files
 */
function reached(page, files) {
  const found = [page];
  for (const { text } of found) {
    for (const file of files) {
      if (!found.includes(file) && text.includes(basename(file.name))) found.push(file);
    }
  }
  return found.slice(1).map(({ name }) => name);
}

/**
 * Writes the service worker beside the built pages, with their lists of files and a version that is new in every build.
 * @param {string} dir
 */
export function writeServiceWorker(dir) {
  const all = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = resolve(entry.parentPath, entry.name);
      const name = relative(dir, file).replaceAll("\\", "/");
      const readable = /\.(html|js|css)$/.test(name);
      return { name, text: readable ? readFileSync(file, "utf8") : "" };
    });
  const files = all.filter(({ name }) => !name.endsWith("index.html"));
  const pages = all.filter(({ name }) => name.endsWith("index.html"));
  const lists = pages.map((page) => [page.name.slice(0, -10), reached(page, files)]);
  const hash = createHash("sha256").update(JSON.stringify(lists));
  for (const { text } of pages) hash.update(text);
  const worker = readFileSync(resolve(root, "demos/shared", WORKER), "utf8")
    .replace("__VERSION__", hash.digest("hex").slice(0, 16))
    .replace("{}; // __PAGES__", `${JSON.stringify(Object.fromEntries(lists))};`);
  writeFileSync(resolve(dir, WORKER), worker);
}
