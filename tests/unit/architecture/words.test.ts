import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, posix } from "node:path";
import { expect, test } from "vitest";
import { sources } from "../../support/sources.ts";

/** Words that had several meanings, or none that a reader could guess, and the word to use instead. */
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

/** Where nothing but shaders is spoken of: elsewhere a program is a captured step's, or a user's whole one. */
const onShaders =
  /^(src\/(shader|gpu|kernels|vite|scheduler\/fusion)|shaders|tests\/unit\/(shader|kernels))\//;

test("linked WGSL is a shader, and no program", () => {
  const read = [...files, ...sources("tests/unit", ".ts")].filter(({ path }) =>
    onShaders.test(path),
  );
  expect(read.length).toBeGreaterThan(500);
  const found = [
    ...read.filter(({ text }) => /(?<!Fortran )program/i.test(text)), // the title of a paper
    ...files.filter(({ text }) => /\b(WGSL|linked) programs?\b/i.test(text)),
  ];
  expect(found.map(({ path }) => path)).toEqual([]);
});

/**
 * Names of types that several files of the library declare. `Options` are those of the one kernel, layer or optimiser that
 * its file is about, and no other file sees them; docs/glossary.md tells the rest.
 */
const severalMeanings = [
  ...["Activation", "ElasticNetOptions", "Frame"],
  ...["Options", "Pipeline", "Split", "SplitOptions"],
];

test("a type's name is declared in one file", () => {
  const declared = /^(?:export )?(?:abstract )?(?:class|interface|type) (\w+)/gm;
  const places = new Map<string, Set<string>>();
  for (const { path, text } of sources("src", ".ts")) {
    for (const [, name = ""] of text.matchAll(declared)) {
      places.set(name, (places.get(name) ?? new Set()).add(path));
    }
  }
  expect(places.size).toBeGreaterThan(1700);
  const several = [...places].filter(
    ([name, { size }]) => size > 1 && !severalMeanings.includes(name),
  );
  const found = several.map(([name, paths]) => `${name}: ${[...paths].join(", ")}`);
  expect(found.join("\n"), "say which idea each is, or declare the one idea once").toBe("");
  expect(severalMeanings.filter((name) => (places.get(name)?.size ?? 0) < 2)).toEqual([]);
});

const folders = ["src", "shaders", "tests", "demos", "scripts", "create", "examples", "docs"];
const tree = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => !path.includes("node_modules"))
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`),
);
const known = new Set([...folders, ...tree]);
const documents = [
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md"],
  ...tree.filter((path) => /^docs\/([\w-]+|decisions\/[\w-]+)\.md$/.test(path)),
];

/** Whether a document may call it so: from its top folder, or shortened at the front; without an ending. */
const isThere = (path: string) =>
  ["", ".ts", ".wgsl"].some((end) => {
    const whole = path.replace(/\/$/, "") + end;
    return known.has(whole) || tree.some((each) => each.endsWith(`/${whole}`));
  });

test.each(documents)("files that %s names exist", (document) => {
  const text = readFileSync(document, "utf8");
  const named = [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)*\/?)`/g)]
    .map(([, path = ""]) => path)
    .filter((path) => path.includes("/") || /\w\.(ts|mjs|wgsl)$/.test(path))
    .filter((path) => !/^(wgrad|dist|\.gen)\//.test(path)); // entry points, what is built
  const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, to = ""]) =>
    posix.join(dirname(document), to),
  );
  expect(named.filter((path) => !isThere(path))).toEqual([]);
  expect(links.filter((path) => !existsSync(path))).toEqual([]);
});

test("the documents that name files are found", () => expect(documents.length).toBeGreaterThan(18));

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

test("no file has the marks of an unfinished merge", () => {
  const texts = [...documents, ...tree].filter((path) =>
    /\.(md|m?ts|mjs|js|json|wgsl|css|html|ya?ml|py)$/.test(path),
  );
  expect(texts.length).toBeGreaterThan(2000);
  const marked = /^(?:<{7}|>{7}) /m;
  expect([...new Set(texts)].filter((path) => marked.test(readFileSync(path, "utf8")))).toEqual([]);
});
