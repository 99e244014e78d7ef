import { describe, expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import { type Shape, size } from "../../../src/core/shape.ts";
import { forwardReference } from "../../../src/kernels/conv2d/forward_cases.ts";
import { type Conv2dKernelOptions, geometry } from "../../../src/kernels/conv2d/geometry.ts";
import { reference as gradBias } from "../../../src/kernels/conv2d/grad_bias.ts";
import { reference as gradInput } from "../../../src/kernels/conv2d/grad_input.ts";
import { reference as gradWeight } from "../../../src/kernels/conv2d/grad_weight.ts";
import { reference as sumPartials } from "../../../src/kernels/reduce/sum_partials.ts";
import { gradientDefect, numericalGradient, upstreamFor } from "../../../src/testing/gradcheck.ts";

const layers: readonly [name: string, x: Shape, weight: Shape, options: Conv2dKernelOptions][] = [
  ["3x3", [2, 2, 5, 4], [3, 2, 3, 3], { padding: 1 }],
  ["stride 2", [2, 2, 6, 5], [3, 2, 3, 3], { stride: 2, padding: 1 }],
  ["stride 3 leaves pixels out", [1, 2, 8, 9], [2, 2, 2, 2], { stride: 3 }],
  ["dilation 2", [1, 2, 7, 6], [2, 2, 3, 3], { dilation: 2, padding: 1 }],
  ["1x3 same", [1, 3, 3, 5], [2, 3, 1, 3], { padding: "same" }],
  ["2x4 same", [1, 2, 4, 5], [2, 2, 2, 4], { padding: "same" }],
  ["groups", [2, 4, 4, 4], [6, 2, 3, 3], { groups: 2, padding: 1 }],
  ["depthwise, multiplier 2", [1, 3, 5, 5], [6, 1, 3, 3], { groups: 3, stride: 2, padding: 1 }],
  [
    "asymmetric everything",
    [2, 2, 9, 8],
    [4, 1, 2, 3],
    { stride: [3, 2], padding: [2, 1], dilation: [2, 3], groups: 2 },
  ],
];

function tensor(shape: Shape, seed: number) {
  const random = seeded(seed);
  return { shape, data: Float64Array.from({ length: size(shape) }, () => random() * 4 - 2) };
}

describe.each(layers)("conv2d %s", (_name, xShape, weightShape, options) => {
  const x = tensor(xShape, 1);
  const weight = tensor(weightShape, 2);
  const bias = tensor([weightShape[0] ?? 0], 3);
  const g = geometry("conv2d", xShape, weightShape, options);
  const shape = [xShape[0] ?? 0, weightShape[0] ?? 0, ...g.output];
  const dy = { shape, data: upstreamFor(size(shape)) };
  const forward = (change: object) => forwardReference({ x, weight, bias, ...change }, options).y;

  test("dx agrees with finite differences", () => {
    const { dx } = gradInput({ dy, weight }, { ...options, inputSize: g.input });
    const f = (data: Float64Array) => forward({ x: { shape: xShape, data } });
    expect(gradientDefect("dx", dx, numericalGradient(f, x.data, dy.data))).toBe("");
  });

  test.each([1, 3])("dweight, the sum of %i slices, agrees with finite differences", (slices) => {
    const asked = { ...options, kernelSize: g.kernel, slices };
    const { partials } = gradWeight({ x, dy }, asked);
    const parts = [partials.length / weight.data.length, ...weightShape];
    const { sum } = sumPartials({ partials: { shape: parts, data: partials } }, {});
    const f = (data: Float64Array) => forward({ weight: { shape: weightShape, data } });
    expect(gradientDefect("dweight", sum, numericalGradient(f, weight.data, dy.data))).toBe("");
  });

  test("dbias agrees with finite differences", () => {
    const { dbias } = gradBias({ dy }, {});
    const f = (data: Float64Array) => forward({ bias: { shape: bias.shape, data } });
    expect(gradientDefect("dbias", dbias, numericalGradient(f, bias.data, dy.data))).toBe("");
  });
});
