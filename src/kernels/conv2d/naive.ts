import shader from "#shaders/conv2d/naive.wgsl";
import { size } from "../../core/shape.ts";
import { grid1d, kernel } from "../kernel.ts";
import { forwardBenches, forwardCases, forwardReference } from "./forward_cases.ts";
import {
  checkBias,
  convFlops,
  epilogueFor,
  type ForwardOptions,
  geometry,
  geometryOverrides,
  geometryParams,
  outputShape,
} from "./geometry.ts";

/** Forward convolution, one thread per output: the readable twin of the fast kernels. Inputs and errors as theirs. */
export const naive = kernel(shader, ({ x, weight, bias }, options: ForwardOptions) => {
  const g = geometry("conv2d/naive", x, weight, options);
  checkBias("conv2d/naive", bias, g);
  const y = outputShape(g);
  return {
    outputs: { y },
    params: geometryParams(g),
    grid: grid1d(Math.ceil(size(y) / 64)),
    overrides: geometryOverrides(g),
    slots: { epilogue: epilogueFor(bias), act: options.act ?? "identity" },
    flops: convFlops(g),
  };
});

export const reference = forwardReference;
export const cases = forwardCases;
export const benches = forwardBenches;
