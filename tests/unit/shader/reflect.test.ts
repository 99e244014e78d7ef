import { expect, test } from "vitest";
import { declaration } from "../../../src/shader/declaration.ts";
import { type Folder, link } from "../../../src/shader/link.ts";
import { reflect } from "../../../src/shader/reflect.ts";
import { allOverrides, bindingsOf, overridesOf, type Shader } from "../../../src/shader/shader.ts";

const folder = (files: Readonly<Record<string, string>>): Folder => ({
  read: (path) => files[path],
  list: (dir) =>
    Object.keys(files)
      .filter((path) => path.startsWith(`${dir}/`))
      .map((path) => path.slice(dir.length + 1)),
});
const load = (files: Readonly<Record<string, string>>): Shader =>
  reflect("m.wgsl", link("m.wgsl", folder(files)));

const main = "@compute @workgroup_size(1) fn main() {}\n";
const uniform = "@group(0) @binding(0) var<uniform> params: Params;\n";
const params = (fields: string) =>
  load({ "m.wgsl": `struct Params { ${fields} }\n${uniform}${main}` });
const buffer = (binding: number, name: string, type = "array<f32>", access = "read") =>
  `@group(0) @binding(${binding}) var<storage, ${access}> ${name}: ${type};\n`;

test("every kind of field has its type, offset and number of scalars", () => {
  const shader = params(
    "a: u32, b: i32, c: f32, d: vec2u, e: vec3<f32>, f: f32, g: vec4i, h: array<vec4<u32>, 2>",
  );
  expect(shader.params).toEqual([
    { name: "a", type: "u32", offset: 0, count: 1 },
    { name: "b", type: "i32", offset: 4, count: 1 },
    { name: "c", type: "f32", offset: 8, count: 1 },
    { name: "d", type: "u32", offset: 16, count: 2 },
    { name: "e", type: "f32", offset: 32, count: 3 },
    { name: "f", type: "f32", offset: 44, count: 1 },
    { name: "g", type: "i32", offset: 48, count: 4 },
    { name: "h", type: "u32", offset: 64, count: 8 },
  ]);
  expect(shader.paramsSize).toBe(96);
});

test("a shader without params needs no uniform buffer, and a small one is a multiple of 16 bytes", () => {
  expect(load({ "m.wgsl": main }).paramsSize).toBe(0);
  expect(params("n: u32").paramsSize).toBe(16);
});

test.each([
  "bool",
  "f16",
  "mat2x2<f32>",
  "array<f32, 4>",
  "array<vec2u, 2>",
  "array<vec3f, 2>",
  "atomic<u32>",
])("a field of type %s is refused", (type) => {
  expect(() => params(`x: ${type}`)).toThrow(/^m\.wgsl: 'x' has type .*; use f32, i32, u32/);
});

test("buffers come in binding order with access and element type", () => {
  const shader = load({
    "m.wgsl": `//! inout p\n${buffer(3, "y", "array<vec4<f32>>", "read_write")}${buffer(2, "p", "array<atomic<u32>>", "read_write")}${buffer(1, "x", "array<vec2i>")}${main}`,
  });
  expect(shader.bindings).toEqual([
    { name: "x", index: 1, access: "read", dtype: "i32" },
    { name: "p", index: 2, access: "inout", dtype: "u32" },
    { name: "y", index: 3, access: "write", dtype: "f32" },
  ]);
});

const withSlots = {
  "m.wgsl": `//! use tail/* as tail\n//! inout state\noverride WG: u32 = 64;\n${buffer(1, "x")}${buffer(4, "y", "array<f32>", "read_write")}${main}`,
  "tail/bias.wgsl": `override WIDE: u32 = 1;\n${buffer(2, "bias")}`,
  "tail/none.wgsl": "",
  "tail/running.wgsl": buffer(3, "state", "array<u32>", "read_write"),
};

test("buffers and overrides that a slot file brings are there only when it is chosen", () => {
  const shader = load(withSlots);
  const names = (tail: string) => bindingsOf(shader, { tail }).map((b) => b.name);
  expect(names("none")).toEqual(["x", "y"]);
  expect(names("bias")).toEqual(["x", "bias", "y"]);
  expect(names("running")).toEqual(["x", "state", "y"]);
  expect([...overridesOf(shader, { tail: "bias" })]).toEqual(["WG", "WIDE"]);
  expect([...overridesOf(shader, { tail: "none" })]).toEqual(["WG"]);
  expect(allOverrides(shader)).toEqual(["WG", "WIDE"]);
});

test("the generated declaration says all of it in types", () => {
  expect(declaration(load(withSlots), "shaders/m.wgsl", "wgrad:shader")).toContain(`Shader<{
  reads: { x: "f32" };
  optional: { bias: "f32"; state: "u32" };
  writes: { y: "f32" };
  inouts: {};
  params: {};
  overrides: "WG" | "WIDE";
  slots: { tail: "bias" | "none" | "running" };
}>`);
});

test.each([
  [
    "a uniform of another name",
    `struct P { n: u32 }\n@group(0) @binding(0) var<uniform> p: P;\n`,
    "'p' is at @group(0) @binding(0), expected one uniform, 'params'",
  ],
  [
    "params elsewhere than at binding 0",
    "struct P { n: u32 }\n@group(0) @binding(2) var<uniform> params: P;\n",
    "'params' is at @group(0) @binding(2)",
  ],
  [
    "a second bind group",
    "@group(1) @binding(1) var<storage, read> x: array<f32>;\n",
    "'x' is at @group(1)",
  ],
  [
    "two buffers at one binding",
    buffer(1, "x") + buffer(1, "z"),
    "'z' is at @group(0) @binding(1), expected group 0 and a binding that nothing else has, but 'x' has it",
  ],
  [
    "a buffer at the place of params",
    `struct Params { n: u32 }\n${uniform}${buffer(0, "x")}`,
    "but 'params' has it",
  ],
  [
    "a buffer of structs of two types",
    `struct S { a: f32, n: u32 }\n${buffer(1, "x", "array<S>")}`,
    "'x' has structs of f32 and u32, but a tensor has one type",
  ],
  [
    "a buffer of structs with something else in them",
    `struct S { a: f32, b: array<f32, 3> }\n${buffer(1, "x", "array<S>")}`,
    "'b' has type array of f32",
  ],
  [
    "a struct in params that is not at a multiple of 16 bytes",
    `struct S { a: f32 }\nstruct Params { n: u32, s: S }\n${uniform}`,
    "got 's' at byte 4; write @align(16)",
  ],
  [
    "structs in params whose size is not a multiple of 16 bytes",
    `struct S { a: u32, b: u32 }\nstruct Params { s: array<S, 4> }\n${uniform}`,
    "got elements of 8 bytes in 's'; write @align(16)",
  ],
  [
    "a member in what pads a struct in params",
    `struct S { a: u32 }\nstruct Params { s: S, n: u32 }\n${uniform}`,
    "got 'n' behind a member that ends, with its padding, at 16; write @align(16)",
  ],
  [
    "inout of a buffer that is not there",
    "//! inout q\n",
    "'//! inout q' names no read_write buffer",
  ],
  [
    "inout of a buffer that is only read",
    `//! inout x\n${buffer(1, "x")}`,
    "'//! inout x' names no read_write buffer",
  ],
])("%s is refused", (_, text, message) => {
  expect(() => load({ "m.wgsl": text + main })).toThrow(message);
});

test("a slot file cannot take a binding of the body", () => {
  const taken = {
    "m.wgsl": `//! use t/* as t\n${buffer(1, "x")}${main}`,
    "t/a.wgsl": "",
    "t/b.wgsl": buffer(1, "z"),
  };
  expect(() => load(taken)).toThrow(/binding that nothing else has, but '[xz]' has it/);
});

test("a mistake that does not parse names its own file and line", () => {
  const broken = { "m.wgsl": `//! use lib/f.wgsl\n${main}`, "lib/f.wgsl": "// f\n\nfn f( { }\n" };
  expect(() => load(broken)).toThrow("shaders/lib/f.wgsl:3: Expected argument name");
});

test("functions that were read before do not hide a mistake after them, nor move its line", () => {
  const helper = (number: number) =>
    `fn helper() -> f32 {\n  // { not a brace\n  if (true) { return ${number}.0; } /* nor } this */\n  return 0.0;\n}\n`;
  const broken = "fn broken() {\n  let = 2;\n}\n";
  const shader = (number: number, more: string) =>
    load({ "m.wgsl": `${helper(number)}${more}${main}` });
  const messageOf = (number: number) => {
    try {
      shader(number, broken);
    } catch (error) {
      return (error as Error).message;
    }
    return "no mistake";
  };
  shader(1, "");
  expect(messageOf(1)).toMatch(/^shaders\/m\.wgsl:7: /);
  expect(messageOf(1)).toBe(messageOf(2)); // neither was broken's body kept as one that parses
});
