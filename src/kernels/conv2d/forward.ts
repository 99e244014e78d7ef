import shader from "#shaders/conv2d/forward.wgsl";
import { epilogue } from "../epilogue.ts";
import { inHalf } from "../half_cases.ts";
import { grid1d, kernel } from "../kernel.ts";
import { forwardBenches, forwardCases, forwardReference } from "./forward_cases.ts";
import {
  blocksOf,
  convFlops,
  directBlock,
  type ForwardOptions,
  geometry,
  geometryOverrides,
  geometryParams,
  outputShape,
} from "./geometry.ts";

/**
 * Forward convolution y = act(x * weight + bias) as PyTorch's `conv2d`: x [N, inC, H, W], weight [outC, inC/groups, kH,
 * kW], bias [outC] or none, y [N, outC, oH, oW]. Direct: each thread computes 8 channels (1 in depthwise convolution) × 7
 * or 8 columns. For up to about 64 channels per group, and for any number on a software adapter. A buffer z of y's shape
 * receives the activation's input.
 *
 * Throws the errors of `geometry`.
 */
export const conv2dForward = kernel(
  shader,
  ({ x, weight, ...buffers }, options: ForwardOptions) => {
    const g = geometry("conv2d", x, weight, options);
    const after = epilogue("conv2d", buffers, options, outputShape(g), g.groups * g.outC);
    const { slot, length, columns } = directBlock(g.outC, g.output[1]);
    const teams = blocksOf(g.batch * g.output[0] * blocksOf(g.output[1], columns), 64);
    return {
      outputs: { y: outputShape(g) },
      params: geometryParams(g),
      grid: grid1d(teams * blocksOf(g.outC, length) * g.groups),
      overrides: { ...geometryOverrides(g), ...after.overrides },
      slots: { channels: slot, ...after.slots },
      flops: convFlops(g),
    };
  },
);

export const reference = forwardReference;
export const cases = forwardCases;

export const halfCases = inHalf(cases, { storage: "f16" });
export const benches = forwardBenches;

export { kinds } from "./gemm.ts";
