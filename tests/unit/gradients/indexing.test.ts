import { describe, expect, test } from "vitest";
import { ValueError } from "../../../src/core/errors.ts";
import * as clamp from "../../../src/kernels/elementwise/clamp.ts";
import * as clampGrad from "../../../src/kernels/elementwise/clamp_grad.ts";
import * as varianceGrad from "../../../src/kernels/reduce/variance_grad.ts";
import { gradientDefect, numericalGradient, upstreamFor } from "../../../src/testing/gradcheck.ts";

const points = (n: number) => Float64Array.from({ length: n }, (_, i) => ((i * 7) % n) / 3 - 2.1);

describe("gradients agree with central differences", () => {
  test("clamp", () => {
    const x = { shape: [14], data: points(14) };
    const options = { min: -1, max: 0.5 };
    const dy = upstreamFor(14);
    const forward = (data: Float64Array) =>
      clamp.reference({ x: { shape: [14], data } }, options).y;
    const { dx } = clampGrad.reference({ x, dy: { shape: [14], data: dy } }, options);
    expect(gradientDefect("dx", dx, numericalGradient(forward, x.data, dy))).toBe("");
  });

  test("variance of the columns", () => {
    const [rows, columns] = [6, 3];
    const x = { shape: [rows, columns], data: points(18) };
    const mean = (data: ArrayLike<number>, c: number) => {
      let sum = 0;
      for (let r = 0; r < rows; r++) sum += data[r * columns + c] as number;
      return sum / rows;
    };
    const variances = (data: Float64Array) =>
      Float64Array.from({ length: columns }, (_, c) => {
        let sum = 0;
        for (let r = 0; r < rows; r++)
          sum += ((data[r * columns + c] as number) - mean(data, c)) ** 2;
        return sum / (rows - 1);
      });
    const dy = upstreamFor(columns);
    const stats = Float64Array.from({ length: 4 * columns }, (_, i) => {
      const c = Math.floor(i / 4);
      return [0.5, mean(x.data, c) - 0.5, Number.NaN, Number.NaN][i % 4] as number;
    });
    const { dx } = varianceGrad.reference(
      { x, stats: { shape: [columns, 4], data: stats }, dvar: { shape: [1, columns], data: dy } },
      { factor: 2 / (rows - 1) },
    );
    expect(gradientDefect("dx", dx, numericalGradient(variances, x.data, dy))).toBe("");
  });
});

test("clamp wants a bound that is a number", () => {
  expect(() => clamp.clampBounds({})).toThrow(ValueError);
  expect(() => clamp.clampBounds({ min: Number.NaN })).toThrow(/name at least one bound/);
});
