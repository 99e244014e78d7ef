import { resolve } from "node:path";
import { expect, test } from "vitest";
import {
  type CompactSlots,
  compactBindings,
  compactParams,
  compactStructs,
  expand,
  leanPart,
} from "../../../src/shader/compact.ts";
import { listShaders, loadShader } from "../../../src/shader/generate.ts";
import type { Shader } from "../../../src/shader/shader.ts";

const root = resolve(import.meta.dirname, "../../../shaders");

const mapped = <T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));

/** The slots of a shader, as its generated module holds them. */
const slotsOf = ({ slots }: Shader): CompactSlots =>
  mapped(slots, (choices) =>
    mapped(choices, ({ parts, bindings }) =>
      bindings.length ? [...parts, [compactBindings(bindings)]] : parts,
    ),
  );

test("every shader's bindings, parameters and slots are what they were before they became text", () => {
  const shaders = listShaders(root).map((path) => loadShader(root, path));
  expect(shaders.length).toBeGreaterThan(150);
  for (const shader of shaders) {
    const { path, parts, bindings, params, paramsSize } = shader;
    const texts = [compactBindings(bindings), compactParams(params)] as const;
    const structs = compactStructs(params, bindings);
    expect(expand(path, parts, ...texts, paramsSize, slotsOf(shader), structs), path).toEqual(
      shader,
    );
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

test("the built library's files say only whether they are those that shaders share", () => {
  const texts = [leanPart("lib/ln.wgsl", "fn ln(){}"), leanPart("m.wgsl", "fn main(){}")];
  expect(expand("m.wgsl", texts, "", "", 0, { act: { relu: [...texts, ["x"]] } })).toMatchObject({
    parts: [
      { file: "lib/", text: "//lib/\nfn ln(){}" },
      { file: "", text: "fn main(){}" },
    ],
    slots: {
      act: { relu: { parts: [{ file: "lib/" }, { file: "" }], bindings: [{ name: "x" }] } },
    },
  });
});

test("what stands often in WGSL is a sign, and itself again in the linked text", () => {
  const text =
    "@group(0)@binding(1)var<storage,read>x:array<u32>;\nfn f(a:u32)->u32{return select(a,x[a],a>1u);}";
  const short = leanPart("m.wgsl", text);
  expect(short.length).toBeLessThan(text.length - 40);
  expect(expand("m.wgsl", [short], "").parts).toEqual([{ file: "", text }]);
});

test("bindings say what is not usual: access, a number that does not follow, a type, a slot", () => {
  const bindings = [
    { name: "x", index: 1, access: "read", dtype: "f32" },
    { name: "ids", index: 2, access: "read", dtype: "u32" },
    { name: "y", index: 5, access: "write", dtype: "f32", slot: "storage" },
    { name: "state", index: 6, access: "inout", dtype: "f32" },
  ] as const;
  const text = compactBindings(bindings);
  expect(text).toBe("x,ids u32,=y 5 f32 storage,&state");
  expect(expand("m.wgsl", [], text).bindings).toEqual(bindings);
});
