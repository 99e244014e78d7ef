import { describe, expect, test } from "vitest";
import { ShaderError } from "../../../src/core/errors.ts";
import { packParams, packRows, rowOf } from "../../../src/shader/pack.ts";
import { bindingsOf, locate, type Shader, source } from "../../../src/shader/shader.ts";

const part = (file: string, text: string) => ({ file, text });
const choice = (...parts: { file: string; text: string }[]) => ({ parts, bindings: [] });
const shader: Shader = {
  path: "m.wgsl",
  parts: [part("lib/f.wgsl", "f1\nf2"), part("m.wgsl", "m1\nm2\nm3")],
  slots: {
    act: {
      relu: choice(part("act/relu.wgsl", "r1")),
      gelu: choice(part("lib/f.wgsl", "f1\nf2"), part("act/gelu.wgsl", "g1")),
    },
  },
  bindings: [],
  params: [
    { name: "n", type: "u32", offset: 0, count: 1 },
    { name: "shift", type: "i32", offset: 4, count: 1 },
    { name: "eps", type: "f32", offset: 8, count: 1 },
    { name: "sizes", type: "u32", offset: 16, count: 4 },
  ],
  paramsSize: 32,
};

/** The types of a shader that reads an array of structs. */
declare const rowed: {
  readonly reads: { readonly rows: "f32" };
  readonly optional: Record<never, never>;
  readonly writes: Record<never, never>;
  readonly inouts: Record<never, never>;
  readonly params: Record<never, never>;
  readonly rows: { readonly rows: { readonly lr: number; readonly betas: readonly number[] } };
  readonly overrides: string;
  readonly slots: Record<string, string>;
};

describe("source and locate", () => {
  test("the final text holds each file once, under its name", () => {
    expect(source(shader, { act: "gelu" })).toBe(
      "// ---- lib/f.wgsl\nf1\nf2\n// ---- act/gelu.wgsl\ng1\n// ---- m.wgsl\nm1\nm2\nm3",
    );
  });

  test("every line of the final text is found again where it stands", () => {
    const code = source(shader, { act: "relu" });
    const found = code.split("\n").flatMap((text, i) => {
      if (text.startsWith("// ----")) return [];
      const { file, line } = locate(code, i + 1);
      return [`${file}:${line} ${text}`];
    });
    expect(found).toEqual([
      "act/relu.wgsl:1 r1",
      "lib/f.wgsl:1 f1",
      "lib/f.wgsl:2 f2",
      "m.wgsl:1 m1",
      "m.wgsl:2 m2",
      "m.wgsl:3 m3",
    ]);
  });

  test("a line before any marker is reported as it is", () => {
    expect(locate("a\nb", 2)).toEqual({ file: "linked WGSL", line: 2 });
  });

  test("an unknown or unfilled slot choice lists the choices", () => {
    expect(() => source(shader, { act: "tanh" })).toThrow(
      "m.wgsl: expected slot 'act' to be one of relu, gelu, got tanh",
    );
    expect(() => bindingsOf(shader)).toThrow(ShaderError);
  });
});

describe("packParams", () => {
  const good = { n: 4294967295, shift: -1, eps: 0.5, sizes: [1, 2, 3, 4] };
  const pack = (values: Record<string, number | number[]>, offset = 0) => {
    const view = new DataView(new ArrayBuffer(shader.paramsSize + offset));
    packParams(shader, values, view, offset);
    return view;
  };

  test("numbers land at their offsets, little-endian, behind the byte offset", () => {
    const view = pack(good, 256);
    expect(view.getUint32(256, true)).toBe(4294967295);
    expect(view.getInt32(260, true)).toBe(-1);
    expect(view.getFloat32(264, true)).toBe(0.5);
    expect([272, 276, 280, 284].map((at) => view.getUint32(at, true))).toEqual([1, 2, 3, 4]);
  });

  test.each([
    ["a missing field", { sizes: [] }, "params.sizes expects 4, got 0"],
    ["too few numbers", { sizes: [1, 2] }, "params.sizes expects 4, got 2"],
    ["a list for a scalar", { n: [1, 2] }, "params.n expects 1, got 2"],
    ["a negative unsigned number", { n: -1 }, "params.n expects u32, got -1"],
    ["a fraction", { n: 1.5 }, "params.n expects u32, got 1.5"],
    ["a NaN count", { n: Number.NaN }, "params.n expects u32, got NaN"],
    ["an unsigned number beyond 32 bits", { n: 2 ** 32 }, "params.n expects u32, got 4294967296"],
    [
      "a signed number beyond 32 bits",
      { shift: 2 ** 31 },
      "params.shift expects i32, got 2147483648",
    ],
  ])("%s is refused", (_, wrong, message) => {
    expect(() => pack({ ...good, ...wrong } as Record<string, number | number[]>)).toThrow(message);
  });

  const span = {
    ...{ struct: "Span", stride: 16 },
    fields: [
      { name: "size", type: "u32", offset: 0, count: 1 },
      { name: "step", type: "i32", offset: 4, count: 1 },
    ],
  } as const;
  const nested: Shader = {
    ...shader,
    params: [
      { name: "one", offset: 0, count: 1, ...span },
      { name: "list", offset: 16, count: 3, ...span },
    ],
    paramsSize: 64,
  };

  test("structs by the names of their members; what a list leaves out is zeros", () => {
    const view = new DataView(new ArrayBuffer(80));
    for (let i = 0; i < 20; i++) view.setUint32(4 * i, 7, true);
    const list = [
      { size: 3, step: 4 },
      { step: -6, size: 5 },
    ];
    packParams(nested, { one: { step: -2, size: 1 }, list }, view, 16);
    const words = Array.from({ length: 20 }, (_, i) => view.getInt32(4 * i, true));
    expect(words).toEqual([7, 7, 7, 7, 1, -2, 7, 7, 3, 4, 7, 7, 5, -6, 7, 7, 0, 0, 0, 0]);
  });

  test.each([
    ["no struct", undefined, "m.wgsl: params.one.size expects u32, got undefined"],
    ["a number", 3, "params.one.size expects u32, got undefined"],
    ["two for one", [{}, {}], "params.one expects 1, got 2"],
    ["a member missing", { size: 1 }, "params.one.step expects i32, got undefined"],
    ["a member of another type", { size: -1, step: 0 }, "params.one.size expects u32, got -1"],
  ])("%s in place of a struct is refused", (_, one, message) => {
    const view = new DataView(new ArrayBuffer(64));
    expect(() => packParams(nested, { one, list: [] } as never, view)).toThrow(message);
  });

  test("rows of a storage buffer, whose numbers a tensor has side by side", () => {
    const fields = [
      { name: "lr", type: "f32", offset: 0, count: 1 },
      { name: "betas", type: "f32", offset: 8, count: 2 },
    ] as const;
    const row = { struct: "Row", stride: 16, fields };
    const rows = {
      ...shader,
      bindings: [{ name: "rows", index: 1, access: "read", dtype: "f32", row }],
    } as Shader<typeof rowed>;
    const given = [
      { lr: 1, betas: [2, 3] },
      { betas: [5, 6], lr: 4 },
    ] as const;
    expect([...packRows(rows, "rows", given)]).toEqual([1, 0, 2, 3, 4, 0, 5, 6]);
    expect(rowOf(rows, "rows")).toBe(row);
    // @ts-expect-error: a row without one of its members
    expect(() => packRows(rows, "rows", [{ lr: 1 }])).toThrow("m.wgsl: rows.betas expects 2");
  });

  test("an f32 takes infinities and NaN", () => {
    expect(pack({ ...good, eps: -Infinity }).getFloat32(8, true)).toBe(-Infinity);
    expect(pack({ ...good, eps: Number.NaN }).getFloat32(8, true)).toBeNaN();
  });
});
