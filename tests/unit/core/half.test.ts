import { describe, expect, test } from "vitest";
import { halfBits, halfRound, halfValue, packHalf, unpackHalf } from "../../../src/core/half.ts";
import { bytesOf, inMemory, typedArray } from "../../../src/core/shape.ts";
import { loadShader } from "../../../src/shader/generate.ts";
import { bindingsOf, source } from "../../../src/shader/shader.ts";

describe("f16 on the host", () => {
  test("every one of the 65,536 patterns comes back from its value", () => {
    for (let bits = 0; bits < 65536; bits++) {
      const value = halfValue(bits);
      if (Number.isNaN(value)) expect(halfValue(halfBits(value))).toBeNaN();
      else if (halfBits(value) !== bits) throw new Error(`${bits} is ${value}`);
    }
  });

  test("rounds to the nearest, ties to even", () => {
    expect(halfRound(1 + 2 ** -11)).toBe(1);
    expect(halfRound(1 + 3 * 2 ** -11)).toBe(1 + 2 ** -9);
    expect(halfRound(1 + 2 ** -11 + 2 ** -20)).toBe(1 + 2 ** -10);
    expect(halfRound(65519.9)).toBe(65504);
    expect(halfRound(65520)).toBe(Number.POSITIVE_INFINITY);
    expect(halfRound(-1e30)).toBe(Number.NEGATIVE_INFINITY);
    expect(halfRound(2 ** -25)).toBe(0);
    expect(halfRound(1.5 * 2 ** -24)).toBe(2 ** -23);
    expect(halfRound(2 ** -14 - 2 ** -26)).toBe(2 ** -14);
    expect(Object.is(halfRound(-0), -0)).toBe(true);
  });

  test("two fill a word", () => {
    const packed = packHalf([1, -2, 0.5]);
    expect([...packed]).toEqual([0xc0003c00, 0x3800]);
    expect([...unpackHalf(packed.buffer)]).toEqual([1, -2, 0.5, 0]);
    expect([bytesOf("f16", 3), bytesOf("f32", 3)]).toEqual([8, 12]);
    expect(inMemory("f16", Float32Array.of(1, -2, 0.5))).toEqual(packed);
    expect([...typedArray("f16", [1 / 3])]).toEqual([halfRound(1 / 3)]);
  });
});

describe("a shader with f16 in memory", () => {
  const shader = loadShader("shaders", "matmul/naive.wgsl");
  const plain = {
    ...{ act: "identity", channel: "column", epilogue: "none", preactivation: "dropped" },
  };

  test("enables it once, before everything else", () => {
    const code = source(shader, { ...plain, stored_a: "f16", stored_b: "f16" });
    expect(code.startsWith("enable f16;\n")).toBe(true);
    expect(code.match(/enable/g)).toHaveLength(1);
    expect(source(shader, plain)).not.toContain("enable");
  });

  test("has f16 where a slot says so, and f32 elsewhere", () => {
    const dtypes = (slots: Record<string, string>) =>
      bindingsOf(shader, { ...plain, ...slots }).map(({ name, dtype }) => `${name} ${dtype}`);
    expect(dtypes({})).toEqual(["a f32", "b f32", "c f32"]);
    expect(dtypes({ stored_a: "f16", stored_c: "f16" })).toEqual(["a f16", "b f32", "c f16"]);
  });
});
