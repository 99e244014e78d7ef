import { readFileSync } from "node:fs";
import { dirname, posix } from "node:path";
import { expect, test } from "vitest";
import { entries } from "../../../scripts/entries.mjs";

/** A file that declares something, and its name there. */
type Place = readonly [file: string, name: string];

const declared = (name: string) =>
  new RegExp(`^export (?:abstract )?(?:async )?(?:const|function\\*?|class) (${name})\\b`, "gm");

/** Everything that a file exports, by name, with the file that declares it. */
function exportsOf(file: string): Map<string, Place> {
  const text = readFileSync(file, "utf8");
  const found = new Map<string, Place>();
  const from = (target: string) => exportsOf(posix.join(dirname(file), target));
  for (const [, names = "", target = ""] of text.matchAll(
    /^export \{([^}]*)\} from "(\.[^"]+)"/gm,
  )) {
    const there = from(target);
    for (const each of names.split(",").map((name) => name.trim())) {
      const [local = "", name = local] = each.split(" as ");
      const place = there.get(local);
      if (place) found.set(name, place);
    }
  }
  for (const [, target = ""] of text.matchAll(/^export \* from "(\.[^"]+)"/gm)) {
    for (const [name, place] of from(target)) if (!found.has(name)) found.set(name, place);
  }
  for (const [, name = ""] of text.matchAll(declared("\\w+"))) found.set(name, [file, name]);
  return found;
}

/** Exported kernels are documented where their plan is: in the module that exports.ts takes them from. */
const isKernel = (file: string) => /^src\/kernels\/\w+\/exports\.ts$/.test(file);

test("every function and class that is exported has a docstring", () => {
  const places = entries().flatMap(({ source }) => [...exportsOf(source).values()]);
  expect(places.length).toBeGreaterThan(700);
  const without = places.filter(([file, name]) => {
    const text = readFileSync(file, "utf8");
    const [match] = text.matchAll(declared(name));
    return !isKernel(file) && !/\*\/\s*$/.test(text.slice(0, match?.index));
  });
  const list = [...new Set(without.map(([file, name]) => `${file}: ${name}`))];
  expect(list.join("\n"), "say what it does, with shapes, defaults and errors").toBe("");
});
