import shader from "#shaders/conv2d/grad_input.wgsl";
import { required } from "../../core/kinds.ts";
import { inHalf } from "../half_cases.ts";
import { grid1d, kernel } from "../kernel.ts";
import { two, windowed } from "../option_kinds.ts";
import { blocksOf, directBlock, geometryOverrides, geometryParams } from "./geometry.ts";
import {
  type GradInputOptions,
  gradInputBenches,
  gradInputCases,
  gradInputProblem,
  gradInputReference,
  phases,
} from "./grad_input_cases.ts";

/**
 * Gradient of a convolution with respect to its input: dy [N, outC, oH, oW] and weight [outC, inC/groups, kH, kW] give dx
 * [N, inC, H, W]. Each thread gathers its terms, so there are no conflicting additions, and strides cause no
 * multiplications by zero.
 *
 * Throws the errors of `geometry`, and `ShapeError` if dy does not have the shape of the convolution's output.
 */
export const conv2dGradInput = kernel(shader, ({ dy, weight }, options: GradInputOptions) => {
  const { g, dx, flops } = gradInputProblem({ dy, weight }, options);
  const [sh, sw] = g.stride;
  const rows = blocksOf(g.input[0], sh);
  const width = blocksOf(g.input[1], sw); // width of one phase
  const { slot, length, columns } = directBlock(g.inC, width);
  const teams = blocksOf(g.batch * rows * blocksOf(width, columns) * sh * sw, 64);
  return {
    outputs: { dx },
    params: geometryParams(g),
    grid: grid1d(teams * blocksOf(g.inC, length) * g.groups),
    slots: { channels: slot },
    overrides: { ...geometryOverrides(g), ...phases(g) },
    flops,
  };
});

export const kinds = () => ({ inputSize: required(two), ...windowed });

export const reference = gradInputReference;
export const cases = gradInputCases;

export const halfCases = inHalf(cases, { storage: "f16" });
export const benches = gradInputBenches;
