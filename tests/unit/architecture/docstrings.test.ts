import { readFileSync } from "node:fs";
import { dirname, posix } from "node:path";
import { expect, test } from "vitest";
import { entries } from "../../../scripts/entries.mjs";
import { sources } from "../../support/sources.ts";

/** A declaration: its file and its name. */
type Place = readonly [file: string, name: string];

const declared = (name: string) =>
  new RegExp(
    `^export (?:abstract )?(?:async )?(?:const|function\\*?|class|interface|type) (${name})\\b`,
    "gm",
  );

/** Every name that a file exports, with the file that declares it. */
function exportsOf(file: string): Map<string, Place> {
  const text = readFileSync(file, "utf8");
  const found = new Map<string, Place>();
  const from = (target: string) => exportsOf(posix.join(dirname(file), target));
  for (const [, names = "", target = ""] of text.matchAll(
    /^export (?:type )?\{([^}]*)\} from "(\.[^"]+)"/gm,
  )) {
    const there = from(target);
    for (const each of names.split(",").map((name) => name.trim().replace(/^type /, ""))) {
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

const places = entries().flatMap(({ source }) => [...exportsOf(source).values()]);

test("every function, class, interface and type that is exported has a docstring", () => {
  expect(places.length).toBeGreaterThan(1400);
  const without = places.filter(([file, name]) => {
    const text = readFileSync(file, "utf8");
    const [match] = text.matchAll(declared(name));
    return !isKernel(file) && !/\*\/\s*$/.test(text.slice(0, match?.index));
  });
  const list = [...new Set(without.map(([file, name]) => `${file}: ${name}`))];
  expect(list.join("\n"), "say what it does, with shapes, defaults and errors").toBe("");
});

/**
 * The public properties of interfaces and classes of a name in a file, and whether a text stands above each. Signatures, which
 * say of every class what its constructor takes, need none, nor what a subclass declares again.
 */
function propertiesOf(file: string, name: string) {
  const bodies = readFileSync(file, "utf8").matchAll(
    new RegExp(
      `^export (?:abstract )?(?:class|interface) (${name})\\b(?:(?!\\{\\}|;)[^])*?\\{\\n([^]*?)^\\}`,
      "gm",
    ),
  );
  return [...bodies].flatMap(([, owner, body = ""]) =>
    [
      ...body.matchAll(
        /(?<text>\*\/\n)?^ {2}(?:declare )?(?:readonly )?(?<member>\w+)[?!]?(?::| =)/gm,
      ),
    ].map(({ groups }) => ({
      name: `${file}: ${owner}.${groups?.member}`,
      hasText: groups?.text !== undefined,
    })),
  );
}

/** Fails with the names of properties without a docstring; there must be more than `least` properties. */
function documented(properties: ReturnType<typeof propertiesOf>, least: number): void {
  expect(properties.length).toBeGreaterThan(least);
  const without = properties.filter(({ hasText }) => !hasText).map(({ name }) => name);
  const list = [...new Set(without)].join("\n");
  expect(list, "say what it is, in which unit or shape, its default and range").toBe("");
}

test("every property of options has a docstring", () => {
  const files = sources("src", ".ts").map(({ path }) => path);
  documented(
    files.flatMap((file) => propertiesOf(file, "\\w*Options")),
    800,
  );
});

test("every property of the interfaces and classes that are exported has a docstring", () => {
  documented(
    places.flatMap(([file, name]) => propertiesOf(file, name)),
    1400,
  );
});
