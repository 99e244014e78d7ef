import { describe, expect, test } from "vitest";
import { ShaderError } from "../../../src/core/errors.ts";
import { bindingsOf, locate, packParams, type Shader, source } from "../../../src/shader/shader.ts";

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
    ["a missing field", { sizes: [] }, "params.sizes expects 4 number(s), got 0"],
    ["too few numbers", { sizes: [1, 2] }, "params.sizes expects 4 number(s), got 2"],
    ["a list for a scalar", { n: [1, 2] }, "params.n expects 1 number(s), got 2"],
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

  test("an f32 takes infinities and NaN", () => {
    expect(pack({ ...good, eps: -Infinity }).getFloat32(8, true)).toBe(-Infinity);
    expect(pack({ ...good, eps: Number.NaN }).getFloat32(8, true)).toBeNaN();
  });
});
