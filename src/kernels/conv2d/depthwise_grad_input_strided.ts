import shader from "#shaders/conv2d/depthwise_grad_input_strided.wgsl";
import { inHalf } from "../half_cases.ts";
import { grid1d, kernel } from "../kernel.ts";
import { stridedDepthwiseBenches, stridedDepthwiseCases } from "./depthwise_cases.ts";
import { singles } from "./depthwise_grad_input.ts";
import {
  checkDepthwise,
  isDepthwise,
  rowSlot,
  spanOverrides,
  strips,
} from "./depthwise_problem.ts";
import { blocksOf, type Geometry, geometryParams } from "./geometry.ts";
import {
  type GradInputOptions,
  gradInputCase,
  gradInputProblem,
  gradInputReference,
} from "./grad_input_cases.ts";

/** True for the input gradient of a depthwise convolution with stride 2 and one output per channel. */
export const hasStridedDepthwiseGrad = (g: Geometry) => isDepthwise(g, 2) && g.outC === 1;

/**
 * Gradient of a depthwise convolution of stride 2 along both axes, of one output a channel, with respect to its input.
 * Inputs, options and output as `gradInput`.
 *
 * Throws the errors of `gradInput`, and `ValueError` for any other convolution.
 */
export const conv2dDepthwiseGradInputStrided = kernel(
  shader,
  ({ dy, weight }, options: GradInputOptions) => {
    const { g, dx, flops } = gradInputProblem({ dy, weight }, options);
    const who = "conv2d/depthwise_grad_input_strided";
    checkDepthwise(who, hasStridedDepthwiseGrad(g), "conv2d/grad_input", "2");
    const [pairs, columns] = [
      blocksOf(g.input[0] + (g.padding[0] % 2), 2),
      blocksOf(g.input[1], 2),
    ];
    const { slices, threads } = strips(g.batch * g.groups, [pairs, columns]);
    const row = rowSlot(g);
    return {
      outputs: { dx },
      params: geometryParams(g, slices),
      grid: grid1d(blocksOf(threads, 64)),
      overrides: { ...spanOverrides(g, reachLeft(g)), PAD: g.padding[1] },
      slots: { row, put: row },
      flops,
    };
  },
);

/** Number of columns of dy to the left of a thread's four columns that contribute to its eight columns of dx. */
function reachLeft({ kernel: [, taps], padding: [, left] }: Geometry): number {
  const [even, odd] = [Math.ceil(left / 2), Math.floor(left / 2)]; // columns of dy under taps 0 and 1
  return Math.max(0, Math.ceil(taps / 2) - 1 - even, Math.floor(taps / 2) - 1 - odd);
}

export const reference = gradInputReference;
export const cases = singles(stridedDepthwiseCases).map(gradInputCase);

export const halfCases = inHalf(cases, { storage: "f16" });
export const benches = singles(stridedDepthwiseBenches).map(gradInputCase);

export { kinds } from "./grad_input.ts";
