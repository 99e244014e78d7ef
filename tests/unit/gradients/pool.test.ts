import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import { seeded } from "../../../src/core/rng.ts";
import { size } from "../../../src/core/shape.ts";
import { adaptiveGeometry } from "../../../src/kernels/pool/adaptive.ts";
import * as adaptiveAvg from "../../../src/kernels/pool/adaptive_avg.ts";
import * as adaptiveAvgGrad from "../../../src/kernels/pool/adaptive_avg_grad.ts";
import * as adaptiveMax from "../../../src/kernels/pool/adaptive_max.ts";
import * as adaptiveMaxGrad from "../../../src/kernels/pool/adaptive_max_grad.ts";
import * as avg from "../../../src/kernels/pool/avg.ts";
import * as avgGrad from "../../../src/kernels/pool/avg_grad.ts";
import { poolGeometry } from "../../../src/kernels/pool/geometry.ts";
import * as globalAvg from "../../../src/kernels/pool/global_avg.ts";
import * as globalAvgGrad from "../../../src/kernels/pool/global_avg_grad.ts";
import * as lp from "../../../src/kernels/pool/lp.ts";
import { lpGeometry } from "../../../src/kernels/pool/lp.ts";
import * as lpGrad from "../../../src/kernels/pool/lp_grad.ts";
import * as max from "../../../src/kernels/pool/max.ts";
import * as maxGrad from "../../../src/kernels/pool/max_grad.ts";
import { gradientDefect, numericalGradient, upstreamFor } from "../../../src/testing/gradcheck.ts";

const random = seeded(3);
const numbers = (length: number) => Float64Array.from({ length }, () => random() * 4 - 2);

const maxOptions = [
  { kernelSize: 3, stride: 2, padding: 1 },
  { kernelSize: [2, 3], stride: [3, 1], padding: [1, 0], dilation: [2, 2] },
  { kernelSize: 3, stride: 2, ceilMode: true },
  { kernelSize: 2, stride: 3 },
] as const;

describe("pool gradients agree with central differences", () => {
  test.each(maxOptions)("max %o", (options) => {
    const shape = [2, 2, 6, 7];
    const x = numbers(size(shape));
    const { output } = poolGeometry("test", shape, options);
    const forward = (data: Float64Array) => max.reference({ x: { shape, data } }, options);
    const upstream = upstreamFor(size(output));
    const inputs = {
      dy: { shape: output, data: upstream },
      index: { shape: output, data: forward(x).index },
    };
    const { dx } = maxGrad.reference(inputs, { ...options, imageSize: [6, 7] });
    const numerical = numericalGradient((data) => forward(data).y, x, upstream);
    expect(gradientDefect("dx", dx, numerical)).toBe("");
  });

  test.each([
    { kernelSize: 2 },
    { kernelSize: 3, stride: 2, padding: 1 },
    { kernelSize: 3, stride: 2, padding: 1, countIncludePad: false, ceilMode: true },
    { kernelSize: [4, 3], stride: [3, 2], padding: [2, 1], ceilMode: true },
    { kernelSize: 3, stride: 2, padding: 1, divisorOverride: 4 },
  ] as const)("avg %o", (options) => {
    const shape = [2, 2, 8, 8];
    const x = numbers(size(shape));
    const { output } = poolGeometry("test", shape, options);
    const upstream = upstreamFor(size(output));
    const dy = { shape: output, data: upstream };
    const { dx } = avgGrad.reference({ dy }, { ...options, imageSize: [8, 8] });
    const forward = (data: Float64Array) => avg.reference({ x: { shape, data } }, options).y;
    expect(gradientDefect("dx", dx, numericalGradient(forward, x, upstream))).toBe("");
  });

  test.each([
    { kernelSize: 2 },
    { kernelSize: 3, stride: 2, ceilMode: true },
    { normType: 1, kernelSize: [3, 2], stride: 2 },
    { normType: 4, kernelSize: 3, stride: [2, 3] },
  ] as const)("lp %o", (options) => {
    const shape = [2, 2, 8, 8];
    const x = { shape, data: numbers(size(shape)) };
    const { output } = poolGeometry("test", shape, options);
    const upstream = upstreamFor(size(output));
    const y = { shape: output, data: lp.reference({ x }, options).y };
    const { dx } = lpGrad.reference({ dy: { shape: output, data: upstream }, x, y }, options);
    const forward = (data: Float64Array) => lp.reference({ x: { shape, data } }, options).y;
    expect(gradientDefect("dx", dx, numericalGradient(forward, x.data, upstream))).toBe("");
  });

  test.each([
    [3, 4],
    [1, 1],
    [7, 9],
  ] as const)("adaptive to %d × %d", (rows, columns) => {
    const shape = [2, 2, 5, 7];
    const output = [2, 2, rows, columns];
    const x = numbers(size(shape));
    const options = { outputSize: [rows, columns] } as const;
    const dy = { shape: output, data: upstreamFor(size(output)) };
    const mean = (data: Float64Array) => adaptiveAvg.reference({ x: { shape, data } }, options).y;
    const largest = (data: Float64Array) => adaptiveMax.reference({ x: { shape, data } }, options);
    const { dx } = adaptiveAvgGrad.reference({ dy }, { imageSize: [5, 7] });
    expect(gradientDefect("avg dx", dx, numericalGradient(mean, x, dy.data))).toBe("");
    const inputs = { dy, index: { shape: output, data: largest(x).index } };
    const ofMax = adaptiveMaxGrad.reference(inputs, { imageSize: [5, 7] }).dx;
    const numerical = numericalGradient((data) => largest(data).y, x, dy.data);
    expect(gradientDefect("max dx", ofMax, numerical)).toBe("");
  });

  test("global_avg", () => {
    const shape = [2, 3, 4, 5];
    const upstream = upstreamFor(6);
    const dy = { shape: [2, 3, 1, 1], data: upstream };
    const { dx } = globalAvgGrad.reference({ dy }, { imageSize: [4, 5] });
    const forward = (data: Float64Array) => globalAvg.reference({ x: { shape, data } }, {}).y;
    const numerical = numericalGradient(forward, numbers(size(shape)), upstream);
    expect(gradientDefect("dx", dx, numerical)).toBe("");
  });
});

describe("pool geometry", () => {
  const windows = (image: [number, number], options: Parameters<typeof poolGeometry>[2]) =>
    poolGeometry("test", [1, 1, ...image], options).windows;

  test("counts windows as PyTorch does", () => {
    expect(windows([112, 112], { kernelSize: 3, stride: 2, padding: 1 })).toEqual([56, 56]);
    expect(windows([7, 8], { kernelSize: 2 })).toEqual([3, 4]);
    expect(windows([7, 8], { kernelSize: 2, ceilMode: true })).toEqual([4, 4]);
    expect(windows([5, 5], { kernelSize: 2, stride: 3, padding: 1, ceilMode: true })).toEqual([
      2, 2,
    ]);
    expect(windows([11, 13], { kernelSize: 3, stride: 1, dilation: [2, 3] })).toEqual([7, 7]);
  });

  test("refuses what PyTorch refuses, and windows without a cell", () => {
    const refused = (options: Parameters<typeof poolGeometry>[2]) => () => windows([4, 4], options);
    expect(refused({ kernelSize: 3, padding: 2 })).toThrow(ValueError);
    expect(refused({ kernelSize: 0 })).toThrow("expected kernelSize an integer ≥ 1");
    expect(refused({ kernelSize: 5 })).toThrow(ShapeError);
    expect(() => windows([1, 1], { kernelSize: 2, padding: 1, dilation: 2 })).toThrow(ShapeError);
    expect(() => poolGeometry("test", [0, 1, 4, 4], { kernelSize: 2 })).toThrow(ShapeError);
    expect(refused({ kernelSize: 2, divisorOverride: 0 })).toThrow("expected divisorOverride");
    const lpOf = (normType: number) => () =>
      lpGeometry("lpPool2d", [1, 1, 4, 4], { normType, kernelSize: 2 });
    expect(lpOf(0)).toThrow(ValueError);
    expect(lpOf(Infinity)).toThrow("use maxPool2d");
    const adaptive = (x: number[], outputSize: number) => () =>
      adaptiveGeometry("test", x, { outputSize });
    expect(adaptive([1, 1, 4, 4], 0)).toThrow("null keeps an axis");
    expect(adaptive([1, 1, 4, 4], 1.5)).toThrow(ValueError);
    expect(adaptive([0, 1, 4, 4], 2)).toThrow("skip empty batches");
    expect(adaptive([1, 4, 4], 2)).toThrow(ShapeError);
  });

  test("divides by the cells of the window that lie in the image or its padding", () => {
    const x = { shape: [1, 1, 1, 4], data: [1, 2, 3, 4] };
    const options = {
      kernelSize: [1, 3],
      stride: [1, 2],
      padding: [0, 1],
      ceilMode: true,
    } as const;
    expect(Array.from(avg.reference({ x }, options).y)).toEqual([1, 3, 2]);
    const inside = avg.reference({ x }, { ...options, countIncludePad: false });
    expect(Array.from(inside.y)).toEqual([1.5, 3, 4]);
  });
});
