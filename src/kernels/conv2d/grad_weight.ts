import shader from "#shaders/conv2d/grad_weight.wgsl";
import { number, required } from "../../core/kinds.ts";
import { inHalf } from "../half_cases.ts";
import { grid1d, kernel } from "../kernel.ts";
import { two, windowed } from "../option_kinds.ts";
import { blocksOf, columnsOf } from "./geometry.ts";
import {
  type GradWeightOptions,
  gradWeightBenches,
  gradWeightCases,
  gradWeightProblem,
  gradWeightReference,
} from "./grad_weight_cases.ts";

/**
 * Gradient of a convolution with respect to its weight: x [N, inC, H, W] and dy [N, outC, oH, oW] give partials [slices,
 * outC, inC/groups, kH, kW], whose sum over slices (`sumPartials`) is dweight. With one slice, partials is dweight itself.
 *
 * Throws the errors of `geometry`, and `ShapeError` if dy does not have the shape of the convolution's output.
 */
export const conv2dGradWeight = kernel(shader, (inputs, options: GradWeightOptions) => {
  const { g, slices, taps, plan } = gradWeightProblem(inputs, options);
  const channels = g.outC > 2 ? "eight" : "one"; // a block of eight would be nearly empty
  const teams = blocksOf(slices * blocksOf(taps, 8), 64);
  return {
    ...plan,
    grid: grid1d(teams * blocksOf(g.outC, channels === "eight" ? 8 : 1) * g.groups),
    slots: { channels },
    overrides: { ...plan.overrides, COLUMNS: columnsOf(g.output[1]) },
  };
});

export const kinds = () => ({ kernelSize: required(two), slices: number, ...windowed });

export const reference = gradWeightReference;
export const cases = gradWeightCases;

export const halfCases = inHalf(cases, { storage: "f16" });
export const benches = gradWeightBenches;
