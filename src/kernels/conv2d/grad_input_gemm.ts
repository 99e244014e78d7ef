import shader from "#shaders/conv2d/grad_input_gemm.wgsl";
import { inHalf } from "../half_cases.ts";
import { grid1d, kernel } from "../kernel.ts";
import { blocksOf, geometryOverrides, geometryParams } from "./geometry.ts";
import {
  coreGradInputCases,
  type GradInputOptions,
  gradInputBenches,
  gradInputProblem,
  gradInputReference,
  phases,
} from "./grad_input_cases.ts";

/**
 * Input gradient as a matrix product with tiles staged in workgroup memory, for wide layers: a workgroup computes 64
 * channels × 64 pixels of one phase, so that strides cause no multiplications by zero. Inputs, options, output and errors
 * as `gradInput`.
 */
export const conv2dGradInputGemm = kernel(shader, ({ dy, weight }, options: GradInputOptions) => {
  const { g, dx, flops } = gradInputProblem({ dy, weight }, options);
  const [sh, sw] = g.stride;
  const runs = blocksOf(g.batch * blocksOf(g.input[0], sh) * blocksOf(g.input[1], sw), 64);
  return {
    outputs: { dx },
    params: geometryParams(g),
    grid: grid1d(runs * sh * sw * blocksOf(g.inC, 64) * g.groups),
    overrides: { ...geometryOverrides(g), ...phases(g) },
    flops,
  };
});

export const reference = gradInputReference;
export const cases = coreGradInputCases;

export const halfCases = inHalf(cases, { storage: "f16" });
export const benches = gradInputBenches;

export { kinds } from "./grad_input.ts";
