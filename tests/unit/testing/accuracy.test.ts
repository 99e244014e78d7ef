import { describe, expect, test } from "vitest";
import { accuracyOf, worse } from "../../../src/testing/accuracy.ts";

describe("how far results are from their float64 reference", () => {
  test("a result rounded correctly has 0 ulp and at most half a unit of absolute error", () => {
    const expected = [1 / 3, Math.PI, 100 / 7, -(2 ** -5) / 3];
    const { absolute, relative, ulp } = accuracyOf(Float32Array.from(expected), expected);
    expect(ulp).toBe(0);
    expect(relative).toBeLessThan(2 ** -24);
    expect(absolute).toBeGreaterThan(0);
  });

  test("the next f32 is one ulp away, on both sides of a power of two", () => {
    expect(accuracyOf([1 + 2 ** -23], [1]).ulp).toBe(1);
    expect(accuracyOf([1 - 2 ** -24], [1]).ulp).toBe(0.5); // the spacing above 1
    expect(accuracyOf([3 + 2 ** -22], [3]).ulp).toBe(1);
    expect(accuracyOf([2 ** 20 + 3 / 8], [2 ** 20]).ulp).toBe(3);
    const below = 1 - 2 ** -24;
    expect(accuracyOf([below - 2 ** -24], [below]).ulp).toBe(1);
  });

  test("absolute and relative errors are the largest of their kind, from different elements", () => {
    const { absolute, relative } = accuracyOf([101, 0.5], [100, 0.25]);
    expect({ absolute, relative }).toEqual({ absolute: 1, relative: 1 });
    expect(accuracyOf([-3], [-2])).toMatchObject({ absolute: 1, relative: 0.5 });
  });

  test("numbers too small for f32's digits are measured by the smallest normal one", () => {
    const { relative, ulp } = accuracyOf([0], [2 ** -140]);
    expect(relative).toBe(2 ** -14);
    expect(ulp).toBe(2 ** -14 * 2 ** 23);
    expect(accuracyOf([2 ** -130], [0]).relative).toBe(2 ** -4);
  });

  test("what is nearly nothing beside the largest element is measured by 1/1024 of that", () => {
    const [got, expected] = [[1024, 2 ** -20], [1024, 0]] as const; // biome-ignore format: pairs
    expect(accuracyOf(got, expected)).toEqual({
      absolute: 2 ** -20,
      relative: 2 ** -20,
      ulp: 8,
    });
    expect(accuracyOf([1025, 4 + 2 ** -20], [1024, 4]).ulp).toBe(2 ** 13);
    expect(accuracyOf([Infinity, 1], [Infinity, 1.5]).absolute).toBe(0.5);
  });

  test("a NaN or an infinity that is not expected is an infinite error, an expected one is none", () => {
    const infinite = { absolute: Infinity, relative: Infinity, ulp: Infinity };
    expect(accuracyOf([Number.NaN], [1])).toEqual(infinite);
    expect(accuracyOf([1], [Number.NaN])).toEqual(infinite);
    expect(accuracyOf([Infinity], [-Infinity])).toEqual(infinite);
    expect(accuracyOf([Infinity], [3e38])).toEqual(infinite);
    expect(accuracyOf([Number.NaN, -Infinity], [Number.NaN, -Infinity]).absolute).toBe(0);
  });

  test("of integers the ulp are the difference", () => {
    expect(accuracyOf([7, 3], [7, 5], "u32")).toEqual({
      absolute: 2,
      relative: 0.4,
      ulp: 2,
    });
  });

  test("worse keeps the larger of each measure", () => {
    const a = { absolute: 1, relative: 0.5, ulp: 3 };
    expect(worse(a, { absolute: 2, relative: 0.1, ulp: 3 })).toEqual({ ...a, absolute: 2 });
  });
});
