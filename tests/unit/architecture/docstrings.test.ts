import { readFileSync } from "node:fs";
import { dirname, posix } from "node:path";
import { expect, test } from "vitest";
import { entries } from "../../../scripts/entries.mjs";
import { type Source, sources } from "../../support/sources.ts";

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

/** Properties of the exported interfaces and types whose names end in Options, and whether a text stands above each. */
function optionsOf({ path, text }: Source) {
  const bodies = text.matchAll(
    /^export (?:interface|type) (\w*Options)\b[^{;]*\{\n([\s\S]*?)^\}/gm,
  );
  return [...bodies].flatMap(([, name, body = ""]) =>
    [...body.matchAll(/(?<text>\*\/\n)?^ {2}(?:readonly )?(?<member>\w+)\??[:(<]/gm)].map(
      ({ groups }) => ({
        name: `${path}: ${name}.${groups?.member}`,
        hasText: groups?.text !== undefined,
      }),
    ),
  );
}

test("every property of exported options has a docstring", () => {
  const properties = sources("src", ".ts").flatMap(optionsOf);
  expect(properties.length).toBeGreaterThan(800);
  const without = properties.filter(({ hasText }) => !hasText).map(({ name }) => name);
  expect(without.join("\n"), "say what it is, in which unit, its default and range").toBe("");
});
