import shader from "#shaders/conv2d/depthwise.wgsl";
import { epilogue } from "../epilogue.ts";
import { inHalf } from "../half_cases.ts";
import { grid1d, kernel } from "../kernel.ts";
import {
  depthwiseBenches,
  depthwiseCases,
  stridedDepthwiseBenches,
  stridedDepthwiseCases,
} from "./depthwise_cases.ts";
import {
  checkDepthwise,
  isDepthwiseLayer,
  rowSlot,
  spanOverrides,
  strips,
} from "./depthwise_problem.ts";
import { forwardReference } from "./forward_cases.ts";
import {
  blocksOf,
  convFlops,
  type ForwardOptions,
  geometry,
  geometryParams,
  outputShape,
} from "./geometry.ts";

const WHO = "conv2d/depthwise";

/**
 * Depthwise forward convolution: groups of one input channel and any number of outputs, stride 1 or 2 along both axes,
 * dilation 1, up to 7 taps per axis. Every input row is read once per strip of 8 output rows. Inputs, options and output as
 * `forward`.
 *
 * Throws the errors of `geometry`, and `ValueError` for any other convolution.
 */
export const conv2dDepthwise = kernel(
  shader,
  ({ x, weight, ...buffers }, options: ForwardOptions) => {
    const g = geometry(WHO, x, weight, options);
    checkDepthwise(WHO, isDepthwiseLayer(g), "conv2d/forward", "1 or 2");
    const after = epilogue(WHO, buffers, options, outputShape(g), g.groups * g.outC);
    const { slices, threads } = strips(g.batch * g.groups * g.outC, g.output);
    const row = rowSlot(g);
    return {
      outputs: { y: outputShape(g) },
      params: geometryParams(g, slices),
      grid: grid1d(blocksOf(threads, 64)),
      overrides: { ...spanOverrides(g, g.padding[1]), ...after.overrides },
      slots: { slide: g.stride[0] === 1 ? "one" : "two", row, put: row, ...after.slots },
      flops: convFlops(g),
    };
  },
);

export const reference = forwardReference;
export const cases = [...depthwiseCases, ...stridedDepthwiseCases];

export const halfCases = inHalf(cases, { storage: "f16" });
export const benches = [...depthwiseBenches, ...stridedDepthwiseBenches];

export { kinds } from "./gemm.ts";
