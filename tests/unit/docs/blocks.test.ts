import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { examples } from "../../../scripts/examples.mjs";
import * as data from "../../../src/data/index.ts";
import * as wgrad from "../../../src/index.ts";
import * as io from "../../../src/io/index.ts";
import * as loss from "../../../src/loss/index.ts";
import * as ml from "../../../src/ml/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as optim from "../../../src/optim/index.ts";
import * as train from "../../../src/train/index.ts";

const read = (file: string) => readFileSync(file, "utf8");
const guides = readdirSync("docs/guides", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".md"))
  .map((name) => join("docs/guides", name));
const docs = ["README.md", ...guides];

/** Programs that tests run: in Chrome, in a worker of the packed library, in Node, in pages of React and Svelte. */
const programs = new Map(
  ["tests/guides", "tests/guides/set_ups", "tests/guides/worker", "tests/readme"].flatMap(
    (folder) =>
      readdirSync(folder)
        .filter((name) => /\.(m?[jt]sx?|svelte)$/.test(name))
        .map((name) => [read(join(folder, name)).trim(), join(folder, name)] as const),
  ),
);
const blocks = docs.flatMap((file) =>
  [...read(file).matchAll(/^```(?:tsx?|js|svelte)\n(.*?)^```$/gms)].map(([, code = ""]) => ({
    file,
    code: code.trim(),
  })),
);

test("every block of code in README and the guides is a program that a test runs", () => {
  expect(blocks.length).toBeGreaterThanOrEqual(45);
  const others = blocks.filter(({ code }) => !programs.has(code));
  expect(others.map(({ file, code }) => `${file}: ${code.slice(0, 60)}`)).toEqual([]);
});

test("each recipe for kernels alone is a page that the first of them links and has in its menu", () => {
  const index = read("docs/guides/kernels_alone.md");
  const pages = readdirSync("docs/guides/kernels_alone").sort();
  expect(pages.length).toBe(8);
  const links = [...index.matchAll(/^- \[[^\]]+\]\(kernels_alone\/(\w+\.md)\): /gm)];
  const children = [...index.matchAll(/^ {2}- kernels_alone\/(\w+\.md)$/gm)];
  for (const found of [links, children])
    expect(found.map(([, name]) => name).sort()).toEqual(pages);
  for (const name of pages) {
    expect(read(join("docs/guides/kernels_alone", name)).match(/^```ts$/gm), name).toHaveLength(1);
  }
});

test("the guide to kernels of one's own names every helper of the library, and their functions", () => {
  const guide = read("docs/guides/your_own_kernel.md");
  const rows = guide.split("\n### The library's helpers\n")[1]?.split("\n\n## ")[0] ?? "";
  const named = [...rows.matchAll(/`wgrad\/lib\/(\w+)\.wgsl`/g)].map(([, name = ""]) => name);
  const there = readdirSync("shaders/lib").map((name) => name.replace(".wgsl", ""));
  expect(named.sort()).toEqual(there.sort());
  for (const row of rows.split("\n").filter((each) => each.includes("wgrad/lib/"))) {
    const files = [...row.matchAll(/wgrad\/(lib\/\w+\.wgsl)/g)].map(([, file = ""]) => file);
    const text = files.map((file) => read(join("shaders", file))).join("\n");
    const calls = [...row.matchAll(/`(\w+)\(([^)]*)\)`/g)];
    expect(calls.length, row).toBeGreaterThan(0);
    for (const [, name, given = ""] of calls) {
      const declared = new RegExp(`^fn ${name}\\(([^)]*)\\)`, "m").exec(text)?.[1];
      const parameters = declared?.split(", ").map((each) => each.split(":")[0]);
      expect(parameters?.join(", "), `${name} in ${files}`).toBe(given);
    }
  }
});

test("every example of a docstring is written where tsc and the tests find it", () => {
  const wanted = examples();
  const folder = ".gen/examples";
  expect(readdirSync(folder).sort()).toEqual([...wanted.keys()].sort());
  for (const [name, program] of wanted) expect(read(join(folder, name)), name).toBe(program);
  expect(wanted.size).toBeGreaterThanOrEqual(140);
});

test("every such program stands in README or a guide", () => {
  const shown = new Set(blocks.map(({ code }) => code));
  expect([...programs].flatMap(([code, name]) => (shown.has(code) ? [] : name))).toEqual([]);
});

/** Names in the second column of a guide's table of names. */
function namesIn(guide: string): string[] {
  const table = read(guide).split("\n## Names\n")[1]?.split("\n## ")[0] ?? "";
  return table.split("\n").flatMap((row) => {
    const cell = row.replaceAll("\\|", "").split(" | ")[1] ?? "";
    return [...cell.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
  });
}

test("the table for users of scikit-learn has every function and class of wgrad/ml, and no other", () => {
  const names = namesIn("docs/guides/from_scikit_learn.md");
  expect(Object.keys(ml).filter((name) => !names.includes(name))).toEqual([]);
  expect(names.filter((name) => !(name in ml) && !(name in data))).toEqual([]);
});

test("every name of wgrad in the table for users of TensorFlow.js is exported", () => {
  const all = new Set([wgrad, nn, optim, loss, data, train, io].flatMap(Object.keys));
  const names = namesIn("docs/guides/from_tensorflow_js.md");
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name) => !all.has(name) && name !== "dispose")).toEqual([]);
});
