import { expect, test } from "vitest";
import {
  compactBindings,
  compactParams,
  compactStructs,
  expand,
} from "../../../src/shader/compact.ts";
import { declaration } from "../../../src/shader/declaration.ts";
import { link } from "../../../src/shader/link.ts";
import { readShader } from "../../../src/shader/read.ts";
import { reflect } from "../../../src/shader/reflect.ts";
import { source } from "../../../src/shader/shader.ts";

const files: Readonly<Record<string, string>> = {
  "m.wgsl": `//! use lib/span.wgsl
struct Rows { count: u32, length: u32, spans: array<Span, 2>, @align(16) shift: vec3f }
struct Params { rows: Rows, n: u32, @align(16) more: array<Span, 3>, eps: f32 }
struct AdamRow { a: f32, b: vec2f, moments: Moments }
struct Moments { m: f32, v: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> rows: array<AdamRow>;
@group(0) @binding(2) var<storage, read> row: AdamRow;
@compute @workgroup_size(1) fn main() {}
`,
  "lib/span.wgsl": "struct Span { @align(16) size: u32, strides: vec2i }\n",
};
const linked = link("m.wgsl", { read: (path) => files[path], list: () => [] });
const shader = reflect("m.wgsl", linked);

test("structs in params and in buffers have their members by name, where WGSL puts them", () => {
  const span = [
    { name: "size", type: "u32", offset: 0, count: 1 },
    { name: "strides", type: "i32", offset: 8, count: 2 },
  ];
  const adamRow = {
    struct: "AdamRow",
    stride: 24,
    fields: [
      { name: "a", type: "f32", offset: 0, count: 1 },
      { name: "b", type: "f32", offset: 8, count: 2 },
      {
        ...{ name: "moments", offset: 16, count: 1, struct: "Moments", stride: 8 },
        fields: [
          { name: "m", type: "f32", offset: 0, count: 1 },
          { name: "v", type: "f32", offset: 4, count: 1 },
        ],
      },
    ],
  };
  expect(shader.params).toEqual([
    {
      ...{ name: "rows", offset: 0, count: 1, struct: "Rows", stride: 64 },
      fields: [
        { name: "count", type: "u32", offset: 0, count: 1 },
        { name: "length", type: "u32", offset: 4, count: 1 },
        { name: "spans", offset: 16, count: 2, struct: "Span", stride: 16, fields: span },
        { name: "shift", type: "f32", offset: 48, count: 3 },
      ],
    },
    { name: "n", type: "u32", offset: 64, count: 1 },
    { name: "more", offset: 80, count: 3, struct: "Span", stride: 16, fields: span },
    { name: "eps", type: "f32", offset: 128, count: 1 },
  ]);
  expect(shader.paramsSize).toBe(144);
  expect(shader.bindings).toEqual([
    { name: "rows", index: 1, access: "read", dtype: "f32", row: adamRow },
    { name: "row", index: 2, access: "read", dtype: "f32", row: adamRow },
  ]);
  const read = readShader("m.wgsl", source(shader));
  expect(read).toMatchObject({ bindings: shader.bindings, params: shader.params, paramsSize: 144 });
  const texts = [compactBindings(shader.bindings), compactParams(shader.params)] as const;
  const structs = compactStructs(shader.params, shader.bindings);
  expect(expand("m.wgsl", shader.parts, ...texts, 144, {}, structs)).toEqual(shader);
});

test("the generated declaration names structs and types what they hold", () => {
  const text = declaration(shader, "shaders/m.wgsl", "wgrad:shader");
  for (const line of [
    "export type Moments = { m: number; v: number };",
    "export type AdamRow = { a: number; b: readonly number[]; moments: Moments };",
    "export type Span = { size: number; strides: readonly number[] };",
    "export type Rows = { count: number; length: number; spans: readonly Span[]; shift: readonly number[] };",
    "  params: { rows: Rows; n: number; more: readonly Span[]; eps: number };",
    "  rows: { rows: AdamRow; row: AdamRow };",
    '  reads: { rows: "f32"; row: "f32" };',
  ]) {
    expect(text).toContain(`${line}\n`);
  }
});
