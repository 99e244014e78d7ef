import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import { size } from "../../../src/core/shape.ts";
import { fraction, type ResizeSizes, resizing } from "../../../src/kernels/resize/axes.ts";
import * as bilinear from "../../../src/kernels/resize/bilinear.ts";
import * as bilinearGrad from "../../../src/kernels/resize/bilinear_grad.ts";
import * as nearest from "../../../src/kernels/resize/nearest.ts";
import * as nearestGrad from "../../../src/kernels/resize/nearest_grad.ts";
import { gradientDefect, numericalGradient, upstreamFor } from "../../../src/testing/gradcheck.ts";

const shape = [2, 1, 4, 5];
const imageSize = [4, 5] as const;
const x = Float64Array.from({ length: size(shape) }, (_, i) => Math.sin(i * 1.7));

describe("resizing", () => {
  test.each([
    { size: 3 },
    { size: [9, 1] },
    { scaleFactor: 2 },
    { scaleFactor: [0.7, 1.6] },
    { size: [7, 2], alignCorners: true },
  ] as const)("gradients of %o agree with central differences", (options) => {
    const { output } = resizing("test", shape, "nearest", options);
    const dy = { shape: output, data: upstreamFor(size(output)) };
    const linear = (data: Float64Array) => bilinear.reference({ x: { shape, data } }, options).y;
    const { dx } = bilinearGrad.reference({ dy }, { ...options, imageSize });
    expect(gradientDefect("bilinear", dx, numericalGradient(linear, x, dy.data))).toBe("");
    const copied = (data: Float64Array) => nearest.reference({ x: { shape, data } }, options).y;
    const near = nearestGrad.reference({ dy }, { ...options, imageSize }).dx;
    expect(gradientDefect("nearest", near, numericalGradient(copied, x, dy.data))).toBe("");
  });

  test("gives PyTorch's numbers", () => {
    const line = { shape: [1, 1, 1, 2], data: [1, 3] };
    const to = (options: ResizeSizes & { alignCorners?: boolean }) =>
      Array.from(bilinear.reference({ x: line }, options).y);
    expect(to({ size: [1, 4] })).toEqual([1, 1.5, 2.5, 3]);
    expect(to({ size: [1, 5], alignCorners: true })).toEqual([1, 1.5, 2, 2.5, 3]);
    const five = { shape: [1, 1, 1, 5], data: [0, 1, 2, 3, 4] };
    const copied = (options: ResizeSizes) => Array.from(nearest.reference({ x: five }, options).y);
    expect(copied({ scaleFactor: [1, 1.5] })).toEqual([0, 0, 1, 2, 2, 3, 4]);
    expect(copied({ size: [1, 7] })).toEqual([0, 0, 1, 2, 2, 3, 4]);
    expect(copied({ size: [1, 3] })).toEqual([0, 1, 3]);
  });

  test("reads a factor as the fraction that was meant", () => {
    expect(fraction(2)).toEqual([2, 1]);
    expect(fraction(0.7)).toEqual([7, 10]);
    expect(fraction(1 / 3)).toEqual([1, 3]);
    const [over, under] = fraction(Math.PI);
    expect(over / under).toBeCloseTo(Math.PI, 6);
    expect(() => fraction(0)).toThrow(ValueError);
    expect(() => fraction(NaN)).toThrow("give the size instead");
  });

  test("refuses what does not fit", () => {
    const to =
      (options: ResizeSizes, image = shape) =>
      () =>
        resizing("interpolate", image, "nearest", options);
    expect(to({})).toThrow("expected size or scaleFactor, got neither");
    expect(to({ size: 2, scaleFactor: 2 })).toThrow("got both");
    expect(to({ size: 0 })).toThrow(ValueError);
    expect(to({ size: 1.5 })).toThrow(ValueError);
    expect(to({ scaleFactor: 0.1 })).toThrow("choose a larger");
    expect(to({ size: 2 }, [4, 4])).toThrow(ShapeError);
    expect(to({ size: 100_003 }, [1, 1, 99_991, 1])).toThrow("resize in two steps");
    const dy = { dy: [2, 1, 3, 3] };
    expect(() => nearestGrad.resizeNearestGrad.plan(dy, { size: 4, imageSize })).toThrow(
      ShapeError,
    );
  });
});
