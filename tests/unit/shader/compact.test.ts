import { resolve } from "node:path";
import { expect, test } from "vitest";
import {
  type CompactSlots,
  compactBindings,
  compactParams,
  expand,
  leanPart,
} from "../../../src/shader/compact.ts";
import { listPrograms, loadShader } from "../../../src/shader/generate.ts";
import type { Shader } from "../../../src/shader/shader.ts";

const root = resolve(import.meta.dirname, "../../../shaders");

const mapped = <T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));

/** What the module of a shader holds. */
const slotsOf = ({ slots }: Shader): CompactSlots =>
  mapped(slots, (choices) =>
    mapped(choices, ({ parts, bindings }) =>
      bindings.length ? [...parts, [compactBindings(bindings)]] : parts,
    ),
  );

test("every program's bindings, parameters and slots are what they were before they became text", () => {
  const programs = listPrograms(root).map((path) => loadShader(root, path));
  expect(programs.length).toBeGreaterThan(150);
  for (const shader of programs) {
    const { path, parts, bindings, params, paramsSize } = shader;
    const texts = [compactBindings(bindings), compactParams(params)] as const;
    expect(expand(path, parts, ...texts, paramsSize, slotsOf(shader)), path).toEqual(shader);
  }
});

test("gaps, signed numbers and vectors keep their places", () => {
  const params = [
    { name: "n", type: "u32", offset: 0, count: 1 },
    { name: "shift", type: "i32", offset: 4, count: 1 },
    { name: "sizes", type: "u32", offset: 16, count: 4 },
    { name: "late", type: "u32", offset: 48, count: 1 },
    { name: "eps", type: "f32", offset: 52, count: 1 },
  ] as const;
  const text = compactParams(params);
  expect(text).toBe("n,shift i32,sizes u32 16 4,late u32 48,eps f32");
  expect(expand("m.wgsl", [], "", text, 64).params).toEqual(params);
});

test("the built library's files say only whether they are those that programs share", () => {
  const texts = [leanPart("lib/ln.wgsl", "fn ln(){}"), leanPart("m.wgsl", "fn main(){}")];
  expect(
    expand("m.wgsl", texts, "", "", 0, { act: { relu: [...texts, ["x 1 read"]] } }),
  ).toMatchObject({
    parts: [
      { file: "lib/", text: "//lib/\nfn ln(){}" },
      { file: "", text: "fn main(){}" },
    ],
    slots: {
      act: { relu: { parts: [{ file: "lib/" }, { file: "" }], bindings: [{ name: "x" }] } },
    },
  });
});
