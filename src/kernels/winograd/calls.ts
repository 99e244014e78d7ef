import type { Shape } from "../../core/shape.ts";
import type { Geometry } from "../conv2d/geometry.ts";
import { layerOf } from "../conv2d/layer.ts";
import { matmulCalls } from "../matmul/choose.ts";
import { type Call, type Chooser, call } from "../variants.ts";
import { winogradFilter } from "./filter.ts";
import { winogradGradFilter } from "./grad_filter.ts";
import { winogradGradOutput } from "./grad_output.ts";
import { winogradInput } from "./input.ts";
import { winogradOutput } from "./output.ts";
import { type Size, tiling } from "./tiles.ts";

// The dispatches of Winograd's convolution of a layer, by their shapes: what src/ops/conv/conv_winograd.ts runs.

/** y = Aᵀ[(G·g·Gᵀ) · (Bᵀ·d·B)]A: the products over channels are one batched product of matrices. */
export function forwardCalls(g: Geometry, chooser: Chooser): Call[] {
  const { x, weight } = layerOf(g);
  const patches = { size: g.output, padding: g.padding };
  const [filter, ...others] = convolution(x, weight, g, patches, false, chooser);
  return filter && !chooser.constantWeights ? [filter, ...others] : others;
}

/** dx is the same of dy with the windows turned, and inputs and outputs exchanged. */
export function gradInputCalls(g: Geometry, chooser: Chooser): Call[] {
  const { dy, weight } = layerOf(g);
  return convolution(dy, weight, g, { size: g.input, padding: turnedPadding(g) }, true, chooser);
}

/** dweight = Gᵀ[Σ over tiles of (A·dy·Aᵀ) ⊙ (Bᵀ·d·B)]G. */
export function gradWeightCalls(g: Geometry, chooser: Chooser): Call[] {
  const { x, dy } = layerOf(g);
  const { tiles } = tiling(g.batch, g.output);
  const shapes = { a: [16, g.outC, tiles], b: [16, g.inC, tiles] };
  return [
    call(winogradGradOutput, { dy }, {}),
    call(winogradInput, { x }, { size: g.output, padding: g.padding }),
    ...matmulCalls(shapes, { transposeB: true }, chooser),
    call(winogradGradFilter, { t: [16, g.outC, g.inC] }, {}),
  ];
}

/** Rows and columns of zeros around dy that give the gradient the size of the input. */
export function turnedPadding({ padding: [top, left] }: Geometry): Size {
  return [2 - top, 2 - left];
}

function convolution(
  x: Shape,
  weight: Shape,
  { batch, inC, outC }: Geometry,
  patches: { readonly size: Size; readonly padding: Size },
  turned: boolean,
  chooser: Chooser,
): Call[] {
  const { tiles } = tiling(batch, patches.size);
  const [from, to] = turned ? [outC, inC] : [inC, outC];
  const shapes = { a: [16, outC, inC], b: [16, from, tiles] };
  return [
    call(winogradFilter, { weight }, { turned }),
    call(winogradInput, { x }, patches),
    ...matmulCalls(shapes, { transposeA: turned }, chooser),
    call(winogradOutput, { m: [16, to, tiles] }, { batch, size: patches.size }),
  ];
}
