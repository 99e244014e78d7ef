import shader from "#shaders/conv2d/grad_input.wgsl";
import type { Shape } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { type ForwardCase, forwardBenches, forwardCases } from "./forward_cases.ts";
import {
  blocksOf,
  type Conv2dOptions,
  channelBlock,
  checkUpstream,
  convFlops,
  type Geometry,
  geometry,
  geometryOverrides,
  geometryParams,
  outputShape,
} from "./geometry.ts";
import { convolveGradInput } from "./reference.ts";

/** Options of the forward call, and the size of its input, which the output's does not determine. */
export interface GradInputOptions extends Conv2dOptions {
  /** Height and width of x. */
  readonly inputSize: readonly [height: number, width: number];
}

interface GradInputShapes {
  readonly dy: Shape;
  readonly weight: Shape;
}

function geometryOf({ dy, weight }: GradInputShapes, options: GradInputOptions): Geometry {
  const channels = (weight[1] ?? 0) * (options.groups ?? 1);
  const x = [dy[0] ?? 0, channels, ...options.inputSize];
  const g = geometry("conv2d/grad_input", x, weight, options);
  checkUpstream("conv2d/grad_input", dy, g);
  return g;
}

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
  const g = geometryOf({ dy, weight }, options);
  const [sh, sw] = g.stride;
  const rows = blocksOf(g.input[0], sh);
  const columns = blocksOf(blocksOf(g.input[1], sw), 7);
  const teams = blocksOf(g.batch * rows * columns * sh * sw, 64);
  const { slot, length } = channelBlock(g.inC);
  return {
    outputs: { dx: [g.batch, g.groups * g.inC, ...g.input] },
    params: geometryParams(g),
    grid: grid1d(teams * blocksOf(g.inC, length) * g.groups),
    slots: { channels: slot },
    overrides: { ...geometryOverrides(g), ...phases(g) },
    flops: convFlops(g),
  };
});

export const reference: Reference<typeof gradInput> = ({ dy, weight }, options) => {
  const g = geometryOf({ dy: dy.shape, weight: weight.shape }, options);
  return { dx: convolveGradInput(g, dy, weight) };
};

/** The forward cases, seen from their output. */
function upstreamCase({ name, inputs, options }: ForwardCase): Case<typeof gradInput> {
  const shape = (spec: ForwardCase["inputs"]["x"]) => ("shape" in spec ? spec.shape : spec);
  const [x, weight] = [shape(inputs.x), shape(inputs.weight)];
  const { act: _, ...rest } = options;
  const g = geometry("conv2d/grad_input", x, weight, rest);
  const length = g.outC * g.kernel[0] * g.kernel[1];
  return {
    name,
    inputs: { dy: outputShape(g), weight: inputs.weight },
    options: { ...rest, inputSize: g.input },
    tolerance: { length },
  };
}

export const cases = forwardCases.map(upstreamCase);
export const benches = forwardBenches.map(upstreamCase);
