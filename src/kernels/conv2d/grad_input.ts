import shader from "#shaders/conv2d/grad_input.wgsl";
import { grid1d, kernel } from "../kernel.ts";
import {
  blocksOf,
  channelBlock,
  type Geometry,
  geometryOverrides,
  geometryParams,
} from "./geometry.ts";
import {
  type GradInputOptions,
  gradInputBenches,
  gradInputCases,
  gradInputProblem,
  gradInputReference,
} from "./grad_input_cases.ts";

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Distance between two taps that meet the same phase of pixels, in the kernel and in dy. */
function phases({ stride: [sh, sw], dilation: [dh, dw] }: Geometry) {
  const [h, w] = [gcd(sh, dh), gcd(sw, dw)];
  return { STEP_H: sh / h, STEP_W: sw / w, MOVE_H: dh / h, MOVE_W: dw / w };
}

/**
 * Gradient of a convolution with respect to its input: dy [N, outC, oH, oW] and weight [outC, inC/groups, kH, kW] give
 * dx [N, inC, H, W]. It gathers, so nothing is added twice and a stride multiplies no zeros.
 *
 * Throws `ShapeError` and `ValueError` as `geometry` does, and when dy is not the output of such a convolution.
 */
export const gradInput = kernel(shader, ({ dy, weight }, options: GradInputOptions) => {
  const { g, dx, flops } = gradInputProblem({ dy, weight }, options);
  const [sh, sw] = g.stride;
  const rows = blocksOf(g.input[0], sh);
  const columns = blocksOf(blocksOf(g.input[1], sw), 7);
  const teams = blocksOf(g.batch * rows * columns * sh * sw, 64);
  const { slot, length } = channelBlock(g.inC);
  return {
    outputs: { dx },
    params: geometryParams(g),
    grid: grid1d(teams * blocksOf(g.inC, length) * g.groups),
    slots: { channels: slot },
    overrides: { ...geometryOverrides(g), ...phases(g) },
    flops,
  };
});

export const reference = gradInputReference;
export const cases = gradInputCases;
export const benches = gradInputBenches;
