import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

/** A file of the repository, for tests that read source code. */
export interface Source {
  /** Path from the top of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

const root = resolve(import.meta.dirname, "../..");

/** Every file under `dir` whose name ends with `ext`, sorted by path. */
export function sources(dir: string, ext: string): Source[] {
  return readdirSync(resolve(root, dir), { recursive: true, encoding: "utf8" })
    .map((name) => `${dir}/${name.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(ext))
    .sort()
    .map((path) => ({ path, text: readFileSync(resolve(root, path), "utf8") }));
}

/** What a TypeScript file imports or re-exports. */
export function imports({ text }: Source): string[] {
  const pattern =
    /^\s*(?:import|export)\b[^;"']*?\bfrom\s*"([^"]+)"|^import\s*"([^"]+)"|\bimport\(\s*"([^"]+)"/gms;
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

/** The text with comments replaced by blanks; line numbers stay the same. */
export function withoutComments(text: string): string {
  return text
    .replace(/\/\*.*?\*\//gs, (comment) => comment.replace(/[^\n]/g, ""))
    .replace(/(?<!:)\/\/.*$/gm, ""); // not the // of an address
}

/**
 * Blocks that begin with a match of `head`: the text before the braces, the text between them, and the line (from 1).
 */
export function blocks(text: string, head: RegExp): { head: string; body: string; line: number }[] {
  return [...text.matchAll(head)].flatMap((match) => {
    const open = text.indexOf("{", match.index);
    let depth = 0;
    for (let i = open; i >= 0 && i < text.length; i++) {
      if (text[i] === "{") depth++;
      if (text[i] === "}" && --depth === 0) {
        const line = text.slice(0, match.index).split("\n").length;
        return [{ head: text.slice(match.index, open), body: text.slice(open + 1, i), line }];
      }
    }
    return [];
  });
}

/** `path:line: text` of every line that matches, comments excluded. */
export function linesWith({ path, text }: Source, pattern: RegExp): string[] {
  return withoutComments(text)
    .split("\n")
    .flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : []));
}
