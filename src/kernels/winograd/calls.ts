import type { Shape, Size } from "../../core/shape.ts";
import type { Geometry } from "../conv2d/geometry.ts";
import { layerOf } from "../conv2d/layer.ts";
import { matmulCalls } from "../matmul/choose.ts";
import { type Call, type Chooser, call } from "../variants.ts";
import { winogradFilter } from "./filter.ts";
import { winogradGradFilter } from "./grad_filter.ts";
import { winogradGradOutput } from "./grad_output.ts";
import { winogradInput } from "./input.ts";
import { winogradOutput } from "./output.ts";
import { tiling } from "./tiles.ts";

// The dispatches of Winograd's convolution of a layer, described by their shapes; src/ops/conv/conv_winograd.ts runs them.

/** Options of the dispatches of the forward convolution or the input gradient, both of which are convolutions of tiles. */
export interface TiledConvolution {
  /** For `winogradFilter`: whether kernels are rotated by 180° and channels exchanged. */
  readonly turned: boolean;
  /** For `winogradInput`. */
  readonly patches: { readonly size: Size; readonly padding: Size };
  /** For the batched product over channels. */
  readonly transposes: { readonly transposeA: boolean; readonly transposeB: boolean };
  /** For `winogradOutput`. */
  readonly result: { readonly batch: number; readonly size: Size };
}

/** y = Aᵀ[(G·g·Gᵀ) · (Bᵀ·d·B)]A: the products over channels are one batched matrix product. */
export const forwardTiles = ({ batch, output: size, padding }: Geometry): TiledConvolution => ({
  turned: false,
  patches: { size, padding },
  transposes: { transposeA: false, transposeB: false },
  result: { batch, size },
});

/** dx is the same convolution of dy with rotated kernels, and inputs and outputs exchanged. */
export const gradInputTiles = ({ batch, input: size, padding }: Geometry): TiledConvolution => ({
  turned: true,
  patches: { size, padding: [2 - padding[0], 2 - padding[1]] }, // padding that gives dx the size of x
  transposes: { transposeA: true, transposeB: false },
  result: { batch, size },
});

export function forwardCalls(g: Geometry, chooser: Chooser): Call[] {
  const { x, weight } = layerOf(g);
  const [filter, ...others] = convolution(x, weight, g, forwardTiles(g), chooser);
  return filter && !chooser.constantWeights ? [filter, ...others] : others;
}

export function gradInputCalls(g: Geometry, chooser: Chooser): Call[] {
  const { dy, weight } = layerOf(g);
  return convolution(dy, weight, g, gradInputTiles(g), chooser);
}

/** dweight = Gᵀ[Σ over tiles of (A·dy·Aᵀ) ⊙ (Bᵀ·d·B)]G. */
export function gradWeightCalls(g: Geometry, chooser: Chooser): Call[] {
  const { x, dy } = layerOf(g);
  const { tiles } = tiling(g.batch, g.output);
  const shapes = { a: [16, g.outC, tiles], b: [16, g.inC, tiles] };
  return [
    call(winogradGradOutput, { dy }, {}),
    call(winogradInput, { x }, forwardTiles(g).patches),
    ...matmulCalls(shapes, { transposeB: true }, chooser),
    call(winogradGradFilter, { t: [16, g.outC, g.inC] }, {}),
  ];
}

function convolution(
  x: Shape,
  weight: Shape,
  { inC, outC }: Geometry,
  { turned, patches, transposes, result }: TiledConvolution,
  chooser: Chooser,
): Call[] {
  const { tiles } = tiling(result.batch, result.size);
  const [from, to] = turned ? [outC, inC] : [inC, outC];
  const shapes = { a: [16, outC, inC], b: [16, from, tiles] };
  return [
    call(winogradFilter, { weight }, { turned }),
    call(winogradInput, { x }, patches),
    ...matmulCalls(shapes, transposes, chooser),
    call(winogradOutput, { m: [16, to, tiles] }, result),
  ];
}
