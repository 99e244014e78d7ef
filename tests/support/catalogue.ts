import { imports, type Source, sources } from "./sources.ts";

/** The English catalogue of the pages' words. */
export const catalogue = sources("demos/words/en", ".ts");

/** TypeScript files of the pages, without the catalogue and without the example programs that pages show. */
export const pageSources = sources("demos", ".ts").filter(
  ({ path }) => !path.startsWith("demos/words/") && !/\.d\.ts$|\/program\.ts$/.test(path),
);

/** The HTML of each page, by the folder of its words. */
export const pageHtml = sources("demos", "index.html").map(({ path, text }) => ({
  path,
  text,
  folder: path.split("/").length > 2 ? (path.split("/")[1] ?? "") : "gallery",
}));

/** Names that a file of the catalogue exports. */
export function namesOf({ text }: Source): string[] {
  return [...text.matchAll(/^export const (\w+)\b/gm)].map(([, name = ""]) => name);
}

/** Words that a page's file uses from the catalogue: `path of the catalogue's file:name`. */
export function usedBy(source: Source): string[] {
  const folder = source.path.split("/").slice(0, -1);
  return imports(source).flatMap((specifier) => {
    if (!/\/words\/en\/(?!glossary\/)/.test(specifier)) return []; // the glossary has a test of its own
    const path = specifier.replace(/^.*\/words\/en\//, "demos/words/en/");
    const alias = new RegExp(`import \\* as (\\w+)\\s+from "${specifier}"`).exec(source.text)?.[1];
    if (!alias) throw new Error(`${folder.join("/")}: expected import * as … from "${specifier}"`);
    const uses = source.text
      .replace(/^import .*$/gm, "")
      .matchAll(new RegExp(`\\b${alias}\\s*\\.(\\w+)`, "g"));
    return [...uses].map(([, name]) => `${path}:${name}`);
  });
}
