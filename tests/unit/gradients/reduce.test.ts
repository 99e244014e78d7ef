import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import { seeded } from "../../../src/core/rng.ts";
import { type Shape, size } from "../../../src/core/shape.ts";
import * as binary from "../../../src/kernels/elementwise/binary.ts";
import type { HostTensor } from "../../../src/kernels/kernel.ts";
import { planReduction, reducePasses } from "../../../src/kernels/reduce/axes.ts";
import * as extremumGrad from "../../../src/kernels/reduce/extremum_grad.ts";
import * as reduce from "../../../src/kernels/reduce/reduce.ts";
import * as contiguous from "../../../src/kernels/shape/contiguous.ts";
import { expanded } from "../../../src/kernels/shape/views.ts";
import { gradientDefect, numericalGradient, upstreamFor } from "../../../src/testing/gradcheck.ts";

const random = seeded(11);
const numbers = (shape: Shape): HostTensor => ({
  shape,
  data: Float64Array.from({ length: size(shape) }, () => random() * 4 - 2),
});

/** Runs the passes one after the other, as an operation does. */
function runPasses(x: HostTensor, ...[op, options]: [Parameters<typeof reducePasses>[0], object]) {
  return reducePasses(op, x.shape, options).reduce((input, pass) => {
    const shape = reduce.reduce.plan({ x: input.shape }, pass).outputs.y;
    return { shape, data: reduce.reference({ x: input }, pass).y };
  }, x);
}

describe("reducePasses", () => {
  test("few outputs of many elements take two passes, the rest one", () => {
    expect(reducePasses("sum", [1 << 20])).toEqual([
      { op: "sum", pieces: 512 },
      { op: "sum", scale: 1, axes: [0] },
    ]);
    expect(reducePasses("sum", [1 << 20], {}, { coarse: true })[0]).toMatchObject({
      pieces: 256,
    });
    expect(reducePasses("sum", [64, 8, 196], { axes: [0, 2] })).toHaveLength(2);
    expect(reducePasses("sum", [8192, 10], { axes: [0] })).toHaveLength(2);
    expect(reducePasses("mean", [8192, 10], { axes: [1] })).toEqual([
      { axes: [1], op: "sum", scale: 0.1 },
    ]);
  });

  test.each([
    { op: "sum", axes: [0, 2], keepDims: true, shape: [40, 3, 60] },
    { op: "mean", axes: [0], keepDims: false, shape: [3000, 3] },
    { op: "mean", axes: [1], keepDims: true, shape: [3, 5] },
    { op: "max", axes: [-1], keepDims: false, shape: [2, 9000] },
    { op: "min", axes: [0, 1], keepDims: true, shape: [90, 100] },
  ] as const)("$op over $axes of $shape gives what one loop gives", (c) => {
    const { op, shape, ...options } = c;
    const x = numbers(shape);
    const whole = planReduction("test", shape, options);
    const direct = reduce.reference(
      { x },
      { ...options, op: op === "mean" ? "sum" : op, scale: op === "mean" ? 1 / whole.length : 1 },
    );
    const passes = runPasses(x, op, options);
    expect(passes.shape).toEqual(whole.shape);
    expect(gradientDefect(op, passes.data, direct.y, 1e-12)).toBe("");
  });

  test("axes are checked", () => {
    expect(() => reducePasses("sum", [2, 3], { axes: [2] })).toThrow(ShapeError);
    expect(() => reducePasses("sum", [2, 3], { axes: [0, -2] })).toThrow(/each axis once/);
    expect(() => reduce.reduce.plan({ x: [3, 0] }, { op: "max", axes: [1] })).toThrow(ShapeError);
    expect(() => reduce.reduce.plan({ x: [3] }, { op: "sum", pieces: 4 })).toThrow(ValueError);
  });
});

describe("reduce gradients agree with central differences", () => {
  test("mean: dy expanded and divided", () => {
    const x = numbers([3, 4, 5]);
    const options = { op: "sum", axes: [0, 2], keepDims: true, scale: 1 / 15 } as const;
    const upstream = upstreamFor(4);
    const back = expanded([1, 4, 1], [3, 4, 5]);
    expect(contiguous.contiguous.plan({ x: [1, 4, 1] }, back).outputs.y).toEqual([3, 4, 5]);
    const { y } = contiguous.reference({ x: { shape: [1, 4, 1], data: upstream } }, back);
    const dx = Float64Array.from(y, (value) => value / 15);
    const forward = (data: Float64Array) =>
      reduce.reference({ x: { shape: x.shape, data } }, options).y;
    expect(gradientDefect("dx", dx, numericalGradient(forward, x.data, upstream))).toBe("");
  });

  test.each(["max", "min"] as const)("%s", (op) => {
    const x = numbers([3, 4, 5]);
    const options = { op, axes: [0, 2], keepDims: true };
    const forward = (data: Float64Array) =>
      reduce.reference({ x: { shape: x.shape, data } }, options).y;
    const upstream = upstreamFor(4);
    const { dx } = extremum(x, options, upstream);
    expect(gradientDefect("dx", dx, numericalGradient(forward, x.data, upstream))).toBe("");
  });

  test("equal maxima share the gradient evenly", () => {
    const x = { shape: [1, 4], data: [2, 5, 5, 1] };
    const { dx } = extremum(x, { op: "max", axes: [1], keepDims: true }, [3]);
    expect([...Array.from(dx)]).toEqual([0, 1.5, 1.5, 0]);
  });
});

function extremum(x: HostTensor, options: reduce.ReduceOptions, upstream: ArrayLike<number>) {
  const { shape } = planReduction("test", x.shape, options);
  const y = { shape, data: reduce.reference({ x }, options).y };
  const equal = binary.reference({ a: x, b: y }, { op: "equal" }).c;
  const ties = reduce.reference(
    { x: { shape: x.shape, data: equal } },
    { ...options, op: "sum" },
  ).y;
  const inputs = { x, y, ties: { shape, data: ties }, dy: { shape, data: upstream } };
  return extremumGrad.reference(inputs, {});
}
