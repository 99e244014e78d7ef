import shader from "#shaders/conv2d/depthwise_grad_weight.wgsl";
import { inHalf } from "../half_cases.ts";
import { grid1d, kernel } from "../kernel.ts";
import {
  depthwiseBenches,
  depthwiseCases,
  stridedDepthwiseBenches,
  stridedDepthwiseCases,
} from "./depthwise_cases.ts";
import { checkDepthwise, isDepthwiseLayer, rowSlot, spanOverrides } from "./depthwise_problem.ts";
import { blocksOf } from "./geometry.ts";
import {
  type GradWeightCase,
  type GradWeightOptions,
  gradWeightCase,
  gradWeightProblem,
  gradWeightReference,
} from "./grad_weight_cases.ts";

/**
 * Gradient of a depthwise convolution of stride 1 or 2 along both axes with respect to its weight. Inputs, options, output
 * and errors as `gradWeight`; throws `ValueError` for any other convolution.
 */
export const conv2dDepthwiseGradWeight = kernel(shader, (inputs, options: GradWeightOptions) => {
  const { g, slices, plan } = gradWeightProblem(inputs, options);
  checkDepthwise(
    "conv2d/depthwise_grad_weight",
    isDepthwiseLayer(g),
    "conv2d/grad_weight",
    "1 or 2",
  );
  const row = rowSlot(g);
  return {
    ...plan,
    grid: grid1d(blocksOf(slices * g.groups * g.outC * g.kernel[0], 64)),
    overrides: spanOverrides(g, g.padding[1]),
    slots: { near: g.stride[0] === 1 ? "one" : "two", row, dy_row: row },
  };
});

const sliced = (slices: number, name: string, width: number): GradWeightCase => ({
  name,
  inputs: { x: [3, 2, 5, width], dy: [3, 4, 5, width] },
  options: { kernelSize: [3, 3], padding: 1, groups: 2, slices },
  tolerance: { length: 15 * width },
});

export const reference = gradWeightReference;
export const cases: GradWeightCase[] = [
  ...depthwiseCases.map(gradWeightCase),
  ...stridedDepthwiseCases.map(gradWeightCase),
  sliced(4, "4 slices of 4 rows, the last of 3", 8),
  sliced(15, "a slice for every row", 9),
  sliced(99, "more slices wanted than rows", 12),
];

export const halfCases = inHalf(cases, { storage: "f16" });
export const benches = [...depthwiseBenches, ...stridedDepthwiseBenches].map(gradWeightCase);

export { kinds } from "./grad_weight.ts";
