import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** The number of links of some pages of a folder, and those that lead to no file or no anchor. Links to other sites do not count. */
export function linksOf(folder: string, pages: readonly string[]) {
  const texts = new Map(
    pages.map((name) => [resolve(folder, name), readFileSync(resolve(folder, name), "utf8")]),
  );
  const anchors = new Map(
    [...texts].map(([file, text]) => [
      file,
      new Set([...text.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)),
    ]),
  );
  let links = 0;
  const dead: string[] = [];
  for (const [file, text] of texts) {
    for (const [, link = ""] of text.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      if (/^(https?|data|mailto):/.test(link) || link === "#") continue;
      links++;
      const [path = "", anchor] = link.split("#").map(decodeURIComponent);
      const to = path ? resolve(dirname(file), path) : file;
      const found = anchor && to.endsWith(".html") ? anchors.get(to)?.has(anchor) : existsSync(to);
      if (!found) dead.push(`${file.slice(folder.length + 1)}: ${link}`);
    }
  }
  return { links, dead };
}
