import shader from "#shaders/conv2d/grad_weight_gemm.wgsl";
import { inHalf } from "../half_cases.ts";
import { grid1d, kernel } from "../kernel.ts";
import { blocksOf } from "./geometry.ts";
import {
  coreGradWeightCases,
  type GradWeightOptions,
  gradWeightBenches,
  gradWeightProblem,
  gradWeightReference,
} from "./grad_weight_cases.ts";

/**
 * Weight gradient as a matrix product with tiles staged in workgroup memory, for wide layers: a workgroup computes 64
 * channels × 64 taps. Inputs, options, outputs and errors as `gradWeight`.
 */
export const conv2dGradWeightGemm = kernel(shader, (inputs, options: GradWeightOptions) => {
  const { g, slices, taps, plan } = gradWeightProblem(inputs, options);
  const tiles = blocksOf(g.outC, 64) * blocksOf(taps, 64) * g.groups;
  return { ...plan, grid: grid1d(tiles * slices) };
});

export const reference = gradWeightReference;
export const cases = coreGradWeightCases;

export const halfCases = inHalf(cases, { storage: "f16" });
export const benches = gradWeightBenches;

export { kinds } from "./grad_weight.ts";
