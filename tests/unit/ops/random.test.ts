import { describe, expect, test } from "vitest";
import { threefry } from "../../../src/core/rng.ts";
import {
  reference as dropout,
  dropout as dropoutKernel,
} from "../../../src/kernels/random/dropout.ts";
import { reference as normal } from "../../../src/kernels/random/normal.ts";
import { streamKey, words } from "../../../src/kernels/random/stream.ts";
import { reference as uniform } from "../../../src/kernels/random/uniform.ts";

describe("threefry gives the known answers of Random123", () => {
  const answers = [
    { key: [0, 0], counter: [0, 0], bits: [0x6b200159, 0x99ba4efe] },
    {
      key: [0xffffffff, 0xffffffff],
      counter: [0xffffffff, 0xffffffff],
      bits: [0x1cb996fc, 0xbb002be7],
    },
    {
      key: [0x13198a2e, 0x03707344],
      counter: [0x243f6a88, 0x85a308d3],
      bits: [0xc4923a9c, 0x483df7a0],
    },
  ] as const;
  test.each(answers)("key $key", ({ key, counter, bits }) => {
    expect(threefry(key, counter)).toEqual(bits);
  });
});

const count = 1 << 17;
const moments = (values: readonly number[]) => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const central = (power: number) =>
    values.reduce((sum, v) => sum + (v - mean) ** power, 0) / values.length;
  return { mean, variance: central(2), skew: central(3), kurtosis: central(4) };
};

/** χ² statistic Σ (seen − expected)²/expected over equal cells of [0, 1): mean `cells` − 1, deviation √(2·cells). */
function chiSquare(values: readonly number[], cells: number): number {
  const seen = new Uint32Array(cells);
  for (const v of values) seen[Math.floor(v * cells)] = (seen[Math.floor(v * cells)] as number) + 1;
  const expected = values.length / cells;
  return seen.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
}

describe("uniform numbers", () => {
  const values = Array.from(uniform({}, { shape: [count], seed: 1 }).y);

  test("have mean 1/2 and variance 1/12 within five standard errors", () => {
    const { mean, variance } = moments(values);
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / count));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / count));
  });

  test("fill 256 cells evenly, and so do successive pairs", () => {
    const tolerance = 5 * Math.sqrt(2 * 256);
    expect(Math.abs(chiSquare(values, 256) - 255)).toBeLessThan(tolerance);
    const pairs = values
      .slice(1)
      .map((v, i) => (Math.floor(v * 16) * 16 + 16 * (values[i] ?? 0)) / 256);
    expect(Math.abs(chiSquare(pairs, 256) - 255)).toBeLessThan(tolerance);
  });

  test("of other seeds and offsets are uncorrelated with them", () => {
    for (const stream of [{ seed: 2 }, { seed: 1, offset: 1 }, { seed: 0, offset: 1 }]) {
      const other = uniform({}, { shape: [count], ...stream }).y;
      const product = values.reduce(
        (sum, v, i) => sum + (v - 0.5) * ((other[i] as number) - 0.5),
        0,
      );
      expect(Math.abs(product / count)).toBeLessThan(5 / 12 / Math.sqrt(count));
    }
  });
});

test("normal numbers have the moments of a normal distribution and its octiles", () => {
  const values = Array.from(normal({}, { shape: [count], seed: 1 }).y);
  const { mean, variance, skew, kurtosis } = moments(values);
  expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(count));
  expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
  expect(Math.abs(skew)).toBeLessThan(5 * Math.sqrt(15 / count));
  expect(Math.abs(kurtosis - 3)).toBeLessThan(5 * Math.sqrt(96 / count));
  const octiles = [-1.150349, -0.67449, -0.318639, 0, 0.318639, 0.67449, 1.150349];
  const cells = values.map((v) => octiles.filter((edge) => v >= edge).length / 8);
  expect(Math.abs(chiSquare(cells, 8) - 7)).toBeLessThan(5 * Math.sqrt(2 * 7));
});

describe("dropout", () => {
  const x = { shape: [count], data: new Float64Array(count).fill(1) };

  test("keeps 1 − p of the elements and their mean", () => {
    for (const p of [0.1, 0.5, 0.9]) {
      const { y } = dropout({ x }, { p, seed: 3 });
      const { mean } = moments(Array.from(y));
      expect(Math.abs(mean - 1)).toBeLessThan(5 * Math.sqrt(p / (1 - p) / count));
    }
  });

  test("its integer threshold splits words where u ≥ p does", () => {
    const bits = words({ seed: 5 }, 4096);
    for (const p of [
      0,
      2 ** -30,
      0.1,
      0.3,
      ((bits[0] ?? 0) >>> 8) / 2 ** 24,
      1 - 2 ** -24,
      1 - 2 ** -30,
      1,
    ]) {
      const { threshold } = dropoutKernel.plan({ x: [4] }, { p, seed: 5 }).params;
      const wrong = bits.filter((w) => w >>> 8 >= threshold !== (w >>> 8) / 2 ** 24 >= p);
      expect(wrong, `p = ${p}`).toHaveLength(0);
    }
  });

  test("refuses a probability outside 0..1", () => {
    expect(() => dropoutKernel.plan({ x: [4] }, { p: 1.5, seed: 0 })).toThrow(/0 ≤ p ≤ 1, got 1.5/);
  });
});

test("a seed must be an unsigned 32-bit integer", () => {
  expect(() => streamKey("random/uniform", { seed: -1 })).toThrow(/seed.*got -1/);
  expect(() => streamKey("random/uniform", { seed: 1, offset: 2 ** 32 })).toThrow(/offset/);
});
