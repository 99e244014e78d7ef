// The service worker of the built site: which files each page may load, found in what was built.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { root } from "./install.mjs";

/** @typedef {{ name: string; text: string }} Built */

const WORKER = "service_worker.js";

/**
 * Files that a page names, and those that these name, and so on.
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
 * Writes the service worker beside the pages, with their files and a version of its own for every build.
 * @returns {import("vite").Plugin}
 */
export function offlinePages() {
  return {
    name: "offline-pages",
    apply: "build",
    writeBundle({ dir }, bundle) {
      if (!dir) this.error("offline-pages: expected a folder to write to");
      const all = Object.keys(bundle).map((name) => {
        const readable = /\.(html|js|css)$/.test(name);
        return { name, text: readable ? readFileSync(resolve(dir, name), "utf8") : "" };
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
    },
  };
}
