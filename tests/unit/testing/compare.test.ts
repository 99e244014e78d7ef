import { describe, expect, test } from "vitest";
import { compare, UNTOUCHED } from "../../../src/testing/compare.ts";

const failures = (got: number[], expected: number[], tolerance?: Parameters<typeof compare>[4]) =>
  compare("y", got, expected, [got.length], tolerance).failures;

describe("what counts as equal", () => {
  test("the allowance is atol + rtol·|expected|, times √length", () => {
    const tolerance = { atol: 1e-3, rtol: 1e-2 };
    expect(failures([10.1, 0.0009], [10, 0], tolerance)).toBe(0);
    expect(failures([10.102], [10], tolerance)).toBe(1);
    expect(failures([10.2], [10], { ...tolerance, length: 4 })).toBe(0);
    expect(failures([10.21], [10], { ...tolerance, length: 4 })).toBe(1);
  });

  test("a NaN passes only where one is expected", () => {
    expect(failures([Number.NaN], [1])).toBe(1);
    expect(failures([1], [Number.NaN])).toBe(1);
    expect(failures([Number.NaN], [Number.NaN])).toBe(0);
    expect(failures([Number.NaN], [1], { atol: Infinity })).toBe(1);
  });

  test("an infinity passes only where the same one is expected", () => {
    expect(failures([Infinity], [Infinity])).toBe(0);
    expect(failures([-Infinity], [Infinity])).toBe(1);
    expect(failures([3e38], [Infinity])).toBe(1);
    expect(failures([Infinity], [3e38])).toBe(1);
  });

  test("an element that was never written fails even when it is close enough", () => {
    expect(failures([UNTOUCHED], [UNTOUCHED + 0.001], { atol: 1 })).toBe(1);
  });

  test("exact means the same value; the zeros are one value", () => {
    expect(failures([1, -0], [1, 0], "exact")).toBe(0);
    expect(failures([1 + 2 ** -23], [1], "exact")).toBe(1);
  });

  test("another number of elements fails", () => {
    expect(compare("y", [1], [1, 2], [2]).report).toBe("y: 1 elements, expected 2 for [2]");
  });
});

describe("the report", () => {
  test("is empty when all is well", () => {
    expect(compare("y", [1, 2], [1, 2], [2])).toEqual({
      failures: 0,
      worstAbsolute: 0,
      worstRelative: 0,
      report: "",
    });
  });

  test("counts, names the worst with its coordinates and shows what is around the first", () => {
    const got = [0, 1, 2, 3.5, 4, 9];
    const { report, failures, worstAbsolute } = compare("y", got, [0, 1, 2, 3, 4, 5], [2, 3]);
    expect({ failures, worstAbsolute }).toEqual({ failures: 2, worstAbsolute: 4 });
    expect(report).toContain("y[2, 3]: 2 of 6 elements differ");
    expect(report).toContain("worst at y[1, 2]: absolute 4, relative 0.8");
    expect(report.split("\n").map((line) => line.trim().split(" ")[0])).toEqual([
      "y[2,",
      "worst",
      "y[0,",
      "✗",
      "y[1,",
      "✗",
    ]);
  });

  test("says which elements were never written", () => {
    expect(compare("y", [UNTOUCHED], [1], [1]).report).toContain("never written");
  });
});
