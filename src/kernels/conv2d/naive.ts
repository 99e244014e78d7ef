import shader from "#shaders/conv2d/naive.wgsl";
import { size } from "../../core/shape.ts";
import { epilogue } from "../epilogue.ts";
import { inHalf } from "../half_cases.ts";
import { grid1d, kernel } from "../kernel.ts";
import { forwardBenches, forwardCases, forwardReference } from "./forward_cases.ts";
import {
  convFlops,
  type ForwardOptions,
  geometry,
  geometryOverrides,
  geometryParams,
  outputShape,
} from "./geometry.ts";

/** Forward convolution with one thread per output: a readable version for comparison. Inputs and errors as the fast kernels. */
export const conv2dNaive = kernel(shader, ({ x, weight, ...buffers }, options: ForwardOptions) => {
  const g = geometry("conv2d/naive", x, weight, options);
  const after = epilogue("conv2d/naive", buffers, options, outputShape(g), g.groups * g.outC);
  const y = outputShape(g);
  return {
    outputs: { y },
    params: geometryParams(g),
    grid: grid1d(Math.ceil(size(y) / 64)),
    overrides: { ...geometryOverrides(g), ...after.overrides },
    slots: after.slots,
    flops: convFlops(g),
  };
});

export const reference = forwardReference;
export const cases = forwardCases;

export const halfCases = inHalf(cases, { storage: "f16" });
export const benches = forwardBenches;

export { kinds } from "./gemm.ts";
