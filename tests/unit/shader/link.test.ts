import { expect, test } from "vitest";
import { type Folder, link } from "../../../src/shader/link.ts";

/** A shader folder in memory. */
const folder = (files: Readonly<Record<string, string>>): Folder => ({
  read: (path) => files[path],
  list: (dir) =>
    Object.keys(files)
      .filter((path) => path.startsWith(`${dir}/`))
      .map((path) => path.slice(dir.length + 1)),
});
const files = (parts: readonly { file: string }[] | undefined) => parts?.map((part) => part.file);

test("a used file comes before the file that uses it", () => {
  const { parts } = link(
    "a/main.wgsl",
    folder({ "a/main.wgsl": "//! use lib/f.wgsl\n", "lib/f.wgsl": "" }),
  );
  expect(files(parts)).toEqual(["lib/f.wgsl", "a/main.wgsl"]);
});

test("a file used twice is there once, also when uses form a cycle", () => {
  const { parts } = link(
    "main.wgsl",
    folder({
      "main.wgsl": "//! use lib/f.wgsl\n//! use lib/g.wgsl\n",
      "lib/f.wgsl": "//! use lib/g.wgsl\n",
      "lib/g.wgsl": "//! use lib/f.wgsl\n",
    }),
  );
  expect(files(parts)).toEqual(["lib/g.wgsl", "lib/f.wgsl", "main.wgsl"]);
});

test("a slot offers every file of its folder with what that file uses", () => {
  const { parts, slots } = link(
    "main.wgsl",
    folder({
      "main.wgsl": "//! use act/* as act\n",
      "act/relu.wgsl": "",
      "act/gelu.wgsl": "//! use lib/erf.wgsl\n",
      "lib/erf.wgsl": "",
    }),
  );
  expect(files(parts)).toEqual(["main.wgsl"]);
  expect(Object.keys(slots.act ?? {})).toEqual(["relu", "gelu"]);
  expect(files(slots.act?.gelu)).toEqual(["lib/erf.wgsl", "act/gelu.wgsl"]);
});

test("a slot may be declared by a used file, and twice if the folder is the same", () => {
  const { slots } = link(
    "main.wgsl",
    folder({
      "main.wgsl": "//! use lib/body.wgsl\n//! use act/* as act\n",
      "lib/body.wgsl": "//! use act/* as act\n",
      "act/relu.wgsl": "",
    }),
  );
  expect(Object.keys(slots)).toEqual(["act"]);
});

const followed = {
  "main.wgsl": "//! use each/* by pack\n//! use pack/* as pack\n",
  "pack/one.wgsl": "",
  "pack/along.wgsl": "",
  "pack/across.wgsl": "",
  "each/one.wgsl": "",
  "each/others.wgsl": "//! use lib/four.wgsl\n",
  "lib/four.wgsl": "",
};

test("what follows a slot is no slot: each choice brings the file of its name, or others.wgsl", () => {
  const { parts, slots } = link("main.wgsl", folder(followed));
  expect(files(parts)).toEqual(["main.wgsl"]);
  expect(Object.keys(slots)).toEqual(["pack"]);
  expect(files(slots.pack?.one)).toEqual(["each/one.wgsl", "pack/one.wgsl"]);
  const others = ["lib/four.wgsl", "each/others.wgsl"];
  expect(files(slots.pack?.along)).toEqual([...others, "pack/along.wgsl"]);
  expect(files(slots.pack?.across)).toEqual([...others, "pack/across.wgsl"]);
});

test.each([
  ["a file that goes with no choice", { "each/two.wgsl": "" }, /one, others, two for one, along/],
  ["no slot of that name", { "main.wgsl": "//! use each/* by pack\n" }, /for no such slot/],
  [
    "a choice without a file",
    { "main.wgsl": "//! use pack/* as pack\n//! use x/* by pack", "x/one.wgsl": "" },
    /^shaders\/main\.wgsl:2: expected shaders\/x to have a file for every choice of slot 'pack', or others\.wgsl, got one for/,
  ],
  ["a slot's own file", { "pack/one.wgsl": "//! use each/* by pack" }, /cannot read/],
])("%s is refused where one slot follows another", (_, changed, message) => {
  expect(() => link("main.wgsl", folder({ ...followed, ...changed } as never))).toThrow(message);
});

test("inout names are gathered from every file, each once", () => {
  const { inouts } = link(
    "main.wgsl",
    folder({
      "main.wgsl": "//! inout p  m\n//! use lib/f.wgsl\n",
      "lib/f.wgsl": "//! inout m v\r\n",
    }),
  );
  expect(inouts).toEqual(["p", "m", "v"]);
});

test.each([
  [
    "an unknown directive",
    { "m.wgsl": "\n//! include x.wgsl" },
    /^shaders\/m\.wgsl:2: cannot read '\/\/! include x\.wgsl'; write /,
  ],
  [
    "a missing file",
    { "m.wgsl": "// x\n\n//! use lib/no.wgsl" },
    /^shaders\/m\.wgsl:3: there is no shaders\/lib\/no\.wgsl$/,
  ],
  [
    "an empty slot folder",
    { "m.wgsl": "//! use act/* as act" },
    /^shaders\/m\.wgsl:1: there is no \.wgsl file in shaders\/act$/,
  ],
  [
    "an indented directive",
    { "m.wgsl": "x\n  //! use lib/f.wgsl" },
    /^shaders\/m\.wgsl:2: a directive starts its line/,
  ],
  [
    "a slot inside a slot's file",
    { "m.wgsl": "//! use act/* as act", "act/relu.wgsl": "//! use act/* as other" },
    /^shaders\/act\/relu\.wgsl:1: cannot read .*not inside a slot's own file/,
  ],
  [
    "one slot with two folders",
    { "m.wgsl": "//! use a/* as s\n//! use b/* as s", "a/x.wgsl": "", "b/y.wgsl": "" },
    /^shaders\/m\.wgsl:2: slot 's' already takes a\/\*; choose another name$/,
  ],
] as const)("%s is an error with file and line", (_, text, message) => {
  expect(() => link("m.wgsl", folder(text))).toThrow(message);
});

test("a shader that is not there is named", () => {
  expect(() => link("no/such.wgsl", folder({}))).toThrow("there is no shaders/no/such.wgsl");
});
