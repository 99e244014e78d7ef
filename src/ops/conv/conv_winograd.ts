import type { Geometry } from "../../kernels/conv2d/geometry.ts";
import type { ActivationOptions } from "../../kernels/elementwise/activations.ts";
import {
  forwardTiles,
  gradInputTiles,
  type TiledConvolution,
} from "../../kernels/winograd/calls.ts";
import { winogradFilter } from "../../kernels/winograd/filter.ts";
import { winogradGradFilter } from "../../kernels/winograd/grad_filter.ts";
import { winogradGradOutput } from "../../kernels/winograd/grad_output.ts";
import { winogradInput } from "../../kernels/winograd/input.ts";
import { winogradOutput } from "../../kernels/winograd/output.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { product } from "../matmul/product.ts";
import type { ConvTensors } from "./conv_forward.ts";

// Winograd's convolution: 3 × 3 taps over 2 × 2 outputs as 16 products instead of 36, each summed over channels by one
// batched matrix product. `winograd/calls.ts` has the options and estimates for the same dispatches.

/** y = act(x * weight + bias), or with another epilogue, written to `into` if it is given. */
export const winograd = (
  tensors: ConvTensors,
  layer: Geometry,
  act: ActivationOptions | undefined,
  into: Tensor | undefined,
): Tensor => tiled(tensors, forwardTiles(layer), act, into);

/** dx, written to `into` if it is given: the convolution of dy with the kernels rotated by 180°. */
export const winogradGradInput = (
  { dy, weight }: Readonly<{ dy: Tensor; weight: Tensor }>,
  layer: Geometry,
  into: Tensor | undefined,
): Tensor => tiled({ x: dy, weight }, gradInputTiles(layer), undefined, into);

function tiled(
  { x, weight, ...buffers }: ConvTensors,
  { turned, patches, transposes, result }: TiledConvolution,
  act: ActivationOptions | undefined,
  into: Tensor | undefined,
): Tensor {
  using u = run(winogradFilter, { weight }, { turned }).u;
  using v = run(winogradInput, { x }, patches).v;
  using m = product(u, v, transposes);
  return run(winogradOutput, { m, ...buffers }, { ...result, act }, { y: into }, { y: x.dtype }).y;
}

/** dweight, written to `into` if it is given. */
export function winogradGradWeight(
  { x, dy }: Readonly<{ x: Tensor; dy: Tensor }>,
  layer: Geometry,
  into: Tensor | undefined,
): Tensor {
  using s = run(winogradGradOutput, { dy }, {}).s;
  using v = run(winogradInput, { x }, forwardTiles(layer).patches).v;
  using t = product(s, v, { transposeA: false, transposeB: true });
  return run(winogradGradFilter, { t }, {}, { dweight: into }).dweight;
}
