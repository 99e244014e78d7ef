import shader from "#shaders/conv2d/gemm.wgsl";
import { epilogue } from "../epilogue.ts";
import { inHalf } from "../half_cases.ts";
import { grid1d, kernel } from "../kernel.ts";
import { act, windowed } from "../option_kinds.ts";
import { coreCases, epilogueCases, forwardBenches, forwardReference } from "./forward_cases.ts";
import {
  blocksOf,
  convFlops,
  type ForwardOptions,
  geometry,
  geometryOverrides,
  geometryParams,
  outputShape,
} from "./geometry.ts";

/**
 * Forward convolution as a matrix product with tiles staged in workgroup memory, for wide layers: a workgroup computes 64
 * channels × 64 outputs. Inputs, options, output and errors as `forward`.
 */
export const conv2dGemm = kernel(shader, ({ x, weight, ...buffers }, options: ForwardOptions) => {
  const g = geometry("conv2d", x, weight, options);
  const after = epilogue("conv2d", buffers, options, outputShape(g), g.groups * g.outC);
  const runs = blocksOf(g.batch * g.output[0] * g.output[1], 64);
  return {
    outputs: { y: outputShape(g) },
    params: geometryParams(g),
    grid: grid1d(runs * blocksOf(g.outC, 64) * g.groups),
    overrides: { ...geometryOverrides(g), ...after.overrides },
    slots: after.slots,
    flops: convFlops(g),
  };
});

export const kinds = () => ({ act, ...windowed });

export const reference = forwardReference;
export const cases = [...coreCases, ...epilogueCases];

export const halfCases = inHalf(cases, { storage: "f16" });
export const benches = forwardBenches;
