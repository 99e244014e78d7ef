import { describe, expect, test } from "vitest";
import { permutation, seeded, threefry, unitInterval } from "../../../src/core/rng.ts";

describe("seeded", () => {
  test("the same seed gives the same numbers, another seed others", () => {
    const list = (seed: number) => Array.from({ length: 5 }, seeded(seed));
    expect(list(1)).toEqual(list(1));
    expect(list(1)).not.toEqual(list(2));
  });

  test("numbers are in [0, 1), exact in f32, with mean 1/2 and variance 1/12", () => {
    const numbers = Float64Array.from({ length: 100_000 }, seeded(3));
    expect(numbers.every((x) => x >= 0 && x < 1 && Math.fround(x) === x)).toBe(true);
    const mean = numbers.reduce((a, b) => a + b) / numbers.length;
    const variance = numbers.reduce((a, b) => a + (b - mean) ** 2, 0) / numbers.length;
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.005); // 5 standard errors
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.002);
  });
});

test("a permutation has every index once, and every place is reached", () => {
  const random = seeded(5);
  expect([...permutation(100, random)].sort((a, b) => a - b)).toEqual(
    Array.from({ length: 100 }, (_, i) => i),
  );
  const first = new Set(Array.from({ length: 200 }, () => permutation(4, random)[0]));
  expect(first.size).toBe(4);
  expect([...permutation(0, random)]).toEqual([]);
});

describe("threefry", () => {
  // known answers published with Random123 (kat_vectors, threefry2x32 with 20 rounds)
  test.each([
    [
      [0, 0],
      [0, 0],
      [0x6b200159, 0x99ba4efe],
    ],
    [
      [0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x1cb996fc, 0xbb002be7],
    ],
    [
      [0x13198a2e, 0x03707344],
      [0x243f6a88, 0x85a308d3],
      [0xc4923a9c, 0x483df7a0],
    ],
  ] as const)("key %j and counter %j give %j", (key, counter, words) => {
    expect(threefry(key, counter)).toEqual(words);
  });
});

test("the unit interval takes the top 24 bits", () => {
  expect(unitInterval(0)).toBe(0);
  expect(unitInterval(0xff)).toBe(0);
  expect(unitInterval(0xffffffff)).toBe(1 - 2 ** -24);
});
