import shader from "#shaders/conv2d/depthwise_grad_input.wgsl";
import { inHalf } from "../half_cases.ts";
import { grid1d, kernel } from "../kernel.ts";
import { depthwiseBenches, depthwiseCases } from "./depthwise_cases.ts";
import {
  checkDepthwise,
  isDepthwise,
  rowSlot,
  spanOverrides,
  strips,
} from "./depthwise_problem.ts";
import type { ForwardCase } from "./forward_cases.ts";
import { blocksOf, type Geometry, geometryParams } from "./geometry.ts";
import {
  type GradInputOptions,
  gradInputCase,
  gradInputProblem,
  gradInputReference,
} from "./grad_input_cases.ts";

/** True if the input gradient is a depthwise convolution, too: one output per channel. */
export const hasDepthwiseGrad = (g: Geometry) => isDepthwise(g) && g.outC === 1;

/**
 * Gradient of a depthwise convolution, of one output a channel, with respect to its input. Inputs, options and output as
 * `gradInput`.
 *
 * Throws the errors of `gradInput`, and `ValueError` for any other convolution.
 */
export const conv2dDepthwiseGradInput = kernel(
  shader,
  ({ dy, weight }, options: GradInputOptions) => {
    const { g, dx, flops } = gradInputProblem({ dy, weight }, options);
    checkDepthwise("conv2d/depthwise_grad_input", hasDepthwiseGrad(g), "conv2d/grad_input");
    const { slices, threads } = strips(g.batch * g.groups, g.input);
    const row = rowSlot(g);
    return {
      outputs: { dx },
      params: geometryParams(g, slices),
      grid: grid1d(blocksOf(threads, 64)),
      overrides: spanOverrides(g, g.kernel[1] - 1 - g.padding[1]),
      slots: { row, put: row },
      flops,
    };
  },
);

/** The cases with one output per channel. */
export const singles = (cases: readonly ForwardCase[]) =>
  cases.filter(({ inputs, options }) => {
    const shape = "shape" in inputs.weight ? inputs.weight.shape : inputs.weight;
    return shape[0] === (options.groups ?? 1);
  });

export const reference = gradInputReference;
export const cases = singles(depthwiseCases).map(gradInputCase);

export const halfCases = inHalf(cases, { storage: "f16" });
export const benches = singles(depthwiseBenches).map(gradInputCase);

export { kinds } from "./grad_input.ts";
