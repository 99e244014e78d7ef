// The examples in docstrings of src, each a program: the code block after `@example`. types.mjs writes them to .gen/examples, where
// tsc compiles them; tests/gpu/docs/docstrings.test.ts runs them and compares what they print with their comments.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { root } from "./install.mjs";

const folder = resolve(root, ".gen/examples");
const docstring =
  /^ \* @example\n \* ```ts\n((?: \*.*\n)*?) \* ```\n(?: \*.*\n)*? \*\/\nexport (?:abstract )?(?:async )?(?:const|function|class|interface|type) (\w+)/gm;

/** Every example: its file in .gen/examples and its program. @returns {Map<string, string>} */
export function examples() {
  const files = readdirSync(resolve(root, "src"), { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts"))
    .sort();
  return new Map(
    files.flatMap((path) => {
      const text = readFileSync(resolve(root, "src", path), "utf8");
      if (!text.includes("@example")) return [];
      const found = [...text.matchAll(docstring)].map(([, code = "", name = ""]) => {
        const program = code.replace(/^ \* ?/gm, "");
        return /** @type {const} */ ([
          `${path.split("/")[0]}_${name}.ts`,
          `${program}export {};\n`,
        ]);
      });
      const tags = text.match(/^\s*\* @example\b/gm) ?? [];
      if (found.length === tags.length) return found;
      throw new Error(
        `src/${path}: expected each of ${tags.length} @example to be one block of ts above an export, got ${found.length}`,
      );
    }),
  );
}

/** Writes them, and nothing else is left in the folder. */
export function writeExamples() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, program] of examples()) writeFileSync(resolve(folder, name), program);
}
