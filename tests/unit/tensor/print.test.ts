import { describe, expect, test } from "vitest";
import { layout } from "../../../src/tensor/print.ts";

const ramp = (n: number, scale = 1) => Float32Array.from({ length: n }, (_, i) => i * scale);

describe("print lays values out as PyTorch does:", () => {
  test.each([
    ["a scalar", [1.5], [], "f32", "1.5000"],
    ["whole floats with a point", [1, -2, 30], [3], "f32", "[ 1., -2., 30.]"],
    ["fractions with four digits", [0.1, -12.25], [2], "f32", "[  0.1000, -12.2500]"],
    ["integers as they are", [1, 20, 300], [3], "i32", "[  1,  20, 300]"],
    ["far apart: with exponents", [1, 0.5, 10000], [3], "f32", "[1.0000e+00, 5.0000e-01, 1.0000e+04]"], // biome-ignore format: one line a case
    ["NaN and infinities", [NaN, Infinity, -Infinity, 1], [4], "f32", "[ nan,  inf, -inf,   1.]"],
    ["zeros", [0, 0], [2], "f32", "[0., 0.]"],
    ["negative zero", [-0, 1], [2], "f32", "[-0.,  1.]"],
    ["nothing", [], [0, 3], "f32", "[]"],
  ] as const)("%s", (_, values, shape, dtype, text) => {
    expect(layout(values, shape, dtype)).toBe(text);
  });

  test("rows below each other, planes with a line between", () => {
    expect(layout(ramp(8), [2, 2, 2], "f32")).toBe(
      "[[[0., 1.],\n         [2., 3.]],\n\n        [[4., 5.],\n         [6., 7.]]]",
    );
  });

  test("long rows on several lines", () => {
    const lines = layout(ramp(40, 0.5), [40], "f32").split("\n");
    expect(lines.length).toBe(5);
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {8}\S| {8} \S/);
  });

  test("of more than 1,000 the first and last three of every axis", () => {
    expect(layout(ramp(1001), [1001], "u32")).toBe("[   0,    1,    2, ...,  998,  999, 1000]");
    const text = layout(ramp(40_000), [200, 200], "i32");
    expect(text.split("\n")[0]).toBe("[[    0,     1,     2, ...,   197,   198,   199],");
    expect(text.split("\n")[3]).toBe("        ...,");
    expect(text.split("\n")).toHaveLength(7);
  });
});
