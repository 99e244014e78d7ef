import { readFileSync } from "node:fs";
import { dirname, posix } from "node:path";
import { expect, test } from "vitest";
import { sources } from "../../support/sources.ts";

/** Words that stood for several ideas, or for none that a reader could guess, and what is said instead. */
const retired: readonly (readonly [word: RegExp, instead: string])[] = [
  [/\bregisters_(large|wide|square)\b/, "the block's size: registers_16x16"],
  [/\b(block_group|group_of)\b/, "block_row, row_of: the optimiser's buffer holds rows"],
  [/\bbent\b/, "hasActivation"],
  [/\b(nobody|somebody|anybody)\b/i, "what reads, owns or uses it; or the passive"],
  [/\b(Home|homes)\b/, "ArenaState: an arena of parameters with its moments"],
  [/\bdear\b/, "expensive"],
];

const files = [...sources("src", ".ts"), ...sources("shaders", ".wgsl")];

test.each(retired)("%s is retired", (word, instead) => {
  const found = files.flatMap(({ path, text }) =>
    text
      .split("\n")
      .flatMap((line, i) => (word.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
  );
  expect(found.join("\n"), `say: ${instead}`).toBe("");
});

/** Types that each stood for two to six things. */
const oneMeaning = [
  "FitOptions",
  "Home",
  "Pair",
  "Place",
  "Point",
  "Program",
  "Progress",
  "Recording",
  "Storage",
  "Two",
];

test.each(oneMeaning)("%s is declared in one file", (name) => {
  const declared = new RegExp(`^(export )?(class|interface|type) ${name}\\b`, "m");
  const found = files.filter(({ text }) => declared.test(text)).map(({ path }) => path);
  expect(found.length, `${found.join(", ")}: one name for one thing`).toBeLessThanOrEqual(1);
});

test("files that docs/glossary.md names exist", () => {
  const glossary = readFileSync("docs/glossary.md", "utf8");
  const named = [...glossary.matchAll(/`([a-z_]+\/[\w/]*(?:\.ts)?)`/g)].map(([, path]) => path);
  const known = files.map(({ path }) => path.replace(/^src\//, ""));
  const missing = named.filter((path = "") => {
    const ends = [path, `${path}.ts`].flatMap((each) => [each, `/${each}`]);
    const is = (file: string) => ends.some((end) => file === end || file.endsWith(end));
    return !known.some((file) => is(file) || file.startsWith(`${path.replace(/\/$/, "")}/`));
  });
  expect(named.length).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});

/** Names that two entry points export for two things; docs/glossary.md says which. */
const doubled = [
  ...["Activation", "ElasticNetOptions"],
  ...["Split", "SplitOptions", "checkpoint", "trainTestSplit"],
];

test("a public name stands for one thing, whichever entry point exports it", () => {
  const places = new Map<string, Set<string>>();
  for (const { path, text } of files) {
    if (!path.endsWith("/index.ts")) continue;
    for (const [, names = "", from = ""] of text.matchAll(
      /export (?:type )?\{([^}]*)\} from "([^"]+)"/g,
    )) {
      for (const name of names
        .split(",")
        .map((each) => each.trim().replace(/^type |^.* as /g, ""))) {
        const made = posix.join(dirname(path), from);
        if (name) places.set(name, (places.get(name) ?? new Set()).add(made));
      }
    }
  }
  const several = [...places].filter(([, made]) => made.size > 1);
  expect(places.size).toBeGreaterThan(700);
  expect(
    several.map(([name]) => name).sort(),
    "rename one, or tell both in docs/glossary.md",
  ).toEqual(doubled);
});
