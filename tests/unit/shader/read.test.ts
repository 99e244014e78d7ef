import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { ShaderError } from "../../../src/core/errors.ts";
import { listShaders, loadShader } from "../../../src/shader/generate.ts";
import { readShader } from "../../../src/shader/read.ts";
import { bindingsOf, isDtypeSlot, type SlotFill, source } from "../../../src/shader/shader.ts";

const root = resolve(import.meta.dirname, "../../../shaders");
const shaders = listShaders(root);

/** Every choice of each slot, with the first choice in all others. */
function fillsOf(slots: Readonly<Record<string, Readonly<Record<string, unknown>>>>): SlotFill[] {
  const first = Object.fromEntries(
    Object.entries(slots).map(([slot, choices]) => [
      slot,
      isDtypeSlot(choices) ? "f32" : (Object.keys(choices)[0] ?? ""),
    ]),
  );
  const others = Object.entries(slots).flatMap(([slot, choices]) =>
    Object.keys(choices).map((choice) => ({ ...first, [slot]: choice })),
  );
  return [first, ...others];
}

describe("what a shader's text says is what the parser of the build finds:", () => {
  test.each(shaders)("%s", (path) => {
    const shader = loadShader(root, path);
    for (const fill of fillsOf(shader.slots)) {
      const bindings = bindingsOf(shader, fill).map(({ slot: _, ...binding }) => binding);
      const inouts = bindings.flatMap(({ name, access }) => (access === "inout" ? name : []));
      const read = readShader(path, source(shader, fill), inouts);
      expect(read.bindings, JSON.stringify(fill)).toEqual(bindings);
      expect(read.params).toEqual(shader.params);
      expect(read.paramsSize).toBe(shader.paramsSize);
      expect(read.workgroupSize.length).toBeGreaterThan(0);
    }
  });

  test("on all shaders", () => expect(shaders.length).toBeGreaterThan(180));
});

const main = "@compute @workgroup_size(8, 4) fn main() {}";
const buffer = "@group(0) @binding(1) var<storage, read_write> y: array<f32>;";

test("comments, aliases, constants and odd spaces are read", () => {
  const text = `/* var<storage> /* nested */ x: bool; */
alias V = vec4 < f32 > ; const N : u32 = 3u;
struct P { a : u32, // b: bool,
  rows: array<V, N>, c: vec3<i32>, d: f32 }
@binding( 0 ) @group(0) var < uniform > params : P ;
@group(0)
@binding(2) var<storage,read_write> z: array<atomic<u32>>;
@group(0) @binding(1) var<storage> x: array<V>;
@workgroup_size(8, WG) @compute fn main() { var t: array<f32, 4>; }`;
  expect(readShader("p", text)).toEqual({
    bindings: [
      { name: "x", index: 1, access: "read", dtype: "f32" },
      { name: "z", index: 2, access: "write", dtype: "u32" },
    ],
    params: [
      { name: "a", type: "u32", offset: 0, count: 1 },
      { name: "rows", type: "f32", offset: 16, count: 12 },
      { name: "c", type: "i32", offset: 64, count: 3 },
      { name: "d", type: "f32", offset: 76, count: 1 },
    ],
    paramsSize: 80,
    workgroupSize: ["8", "WG"],
  });
});

test("members are where their attributes and those of their structs put them", () => {
  const text = `struct Span { @ align ( 16 ) size: u32, step: u32 }
struct P { a: u32, @align(16) @size(48) spans: array<Span, 2>, @size(8) b: f32, c: f32 }
@group(0) @binding(0) var<uniform> params: P;
${main}`.replace("@ align", "@align");
  const { params, paramsSize } = readShader("p", text);
  const span = [
    { name: "size", type: "u32", offset: 0, count: 1 },
    { name: "step", type: "u32", offset: 4, count: 1 },
  ];
  expect(params).toEqual([
    { name: "a", type: "u32", offset: 0, count: 1 },
    { name: "spans", offset: 16, count: 2, struct: "Span", stride: 16, fields: span },
    { name: "b", type: "f32", offset: 64, count: 1 },
    { name: "c", type: "f32", offset: 72, count: 1 },
  ]);
  expect(paramsSize).toBe(80);
});

test.each([
  [
    `\n@group(0) @binding(1) var t: texture_2d<f32>;\n${main}`,
    /^p:2: 't' is texture_2d<f32>; only buffers/,
  ],
  [
    `\n\n@group(1) @binding(1) var<storage> x: array<f32>;\n${main}`,
    /^p:3: 'x' is at @group\(1\) @binding\(1\), exp/,
  ],
  [`${buffer}\n@group(0) @binding(1) var<storage> x: array<f32>;\n${main}`, /^p:2: 'x' is at/],
  [
    `@group(0) @binding(0) var<uniform> other: P;\n${main}`,
    /^p:1: 'other' is at .* one uniform, 'params'/,
  ],
  [
    `@group(0) @binding(0) var<uniform> params: vec4f;\n${main}`,
    /^p:1: 'params' is vec4f, expected a struct/,
  ],
  [
    `struct P {\n n: u32,\n b: bool }\n@group(0) @binding(0) var<uniform> params: P;\n${main}`,
    /^p:3: 'b' has type bool; use/,
  ],
  [
    `struct P {\n a: array<f32, 4> }\n@group(0) @binding(0) var<uniform> params: P;\n${main}`,
    /^p:2: 'a' has type array<f32,4>; use/,
  ],
  [
    `struct P {\n @location(0) a: f32 }\n@group(0) @binding(0) var<uniform> params: P;\n${main}`,
    /^p:2: cannot read the member/,
  ],
  [
    `struct S { a: f32, n: u32 }\n@group(0) @binding(1) var<storage> x: array<S>;\n${main}`,
    /^p:2: 'x' has structs of f32 and u32, but a tensor has one type/,
  ],
  ["fn main() {}", /^p:1: expected one entry point .*, got none/],
  [
    `${main}\n@compute @workgroup_size(1) fn other() {}`,
    /^p:2: expected one entry point .*, got main, other/,
  ],
  ["@compute fn main() {}", /^p:1: expected @workgroup_size\(64\)/],
])("what it cannot read it names, with the line: %#", (text, message) => {
  expect(() => readShader("p", text)).toThrow(message);
  expect(() => readShader("p", text)).toThrow(ShaderError);
});
