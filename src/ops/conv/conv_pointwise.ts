import { size } from "../../core/shape.ts";
import type { Geometry } from "../../kernels/conv2d/geometry.ts";
import type { ActivationOptions } from "../../kernels/elementwise/activations.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { reshaped, view } from "../../tensor/view.ts";
import { product } from "../matmul/product.ts";
import { totalOf } from "../reduce/partials.ts";
import type { ConvTensors } from "./conv_forward.ts";

// A 1 × 1 convolution is a matrix product per image: y[n] = weight · x[n], with x[n] viewed as [inC, H·W], so nothing is
// copied.

/** Minimum pixels per image for which a per-image GEMM is used for the weight gradient. */
const MANY_PIXELS = 128;
/** Maximum number of images for which a per-image GEMM is used for the weight gradient. */
const FEW_IMAGES = 256;

/** True for 1 × 1 windows with stride 1, without padding or groups. */
export function isPointwise({ groups, kernel, stride, padding, input, output }: Geometry): boolean {
  return (
    groups === 1 &&
    kernel[0] * kernel[1] * stride[0] * stride[1] === 1 &&
    padding[0] + padding[1] === 0 &&
    size(input) === size(output)
  );
}

/** True if a per-image GEMM is also the best way to compute the weight gradient. */
export const isPointwiseSum = (layer: Geometry): boolean =>
  isPointwise(layer) && size(layer.input) >= MANY_PIXELS && layer.batch <= FEW_IMAGES;

/**
 * act(weight · b + bias), or another epilogue, for images in the layout of `rowsOf`, or for windows (without groups) as
 * columns; frees b.
 */
export function multiplied(
  b: Tensor,
  { weight, z, residual, x: _, ...channels }: ConvTensors,
  { batch, outC, output }: Geometry,
  act: ActivationOptions | undefined,
  constantWeights: boolean,
): Tensor {
  using right = b;
  using a = asMatrix(weight);
  using kept = z && rowsOf(z);
  using added = residual && rowsOf(residual);
  const options = { transposeA: false, transposeB: false, act, channel: "row" } as const;
  const buffers = { ...channels, z: kept, residual: added, constantWeights };
  return reshaped(product(a, right, options, buffers), [batch, outC, ...output]);
}

/** dx = weightᵀ · dy, written to `into` if it is given. */
export function pointwiseGradInput(
  { dy, weight }: Readonly<{ dy: Tensor; weight: Tensor }>,
  { batch, inC, input }: Geometry,
  into: Tensor | undefined,
): Tensor {
  using a = asMatrix(weight);
  using b = rowsOf(dy);
  const dx = product(a, b, { transposeA: true, transposeB: false }, { c: into });
  return into ?? reshaped(dx, [batch, inC, ...input]);
}

/** dweight = Σ over n of dy[n] · x[n]ᵀ, written to `into` if it is given. */
export function pointwiseGradWeight(
  { x, dy }: Readonly<{ x: Tensor; dy: Tensor }>,
  { batch, inC, outC }: Geometry,
  into: Tensor | undefined,
): Tensor {
  using a = rowsOf(dy);
  using b = rowsOf(x);
  const options = { transposeA: false, transposeB: true };
  const c = batch === 1 ? into : undefined;
  const products = product(a, b, options, { c, dtype: "f32" });
  const dweight = batch === 1 ? products : totalOf(products, into);
  return into ?? reshaped(dweight, [outC, inC, 1, 1]);
}

/** weight [outC, inC, kH, kW] as [outC, inC·kH·kW]. */
const asMatrix = (weight: Tensor) =>
  view(weight, [weight.shape[0] as number, size(weight.shape.slice(1))]);

/** Images [N, C, H, W] as [N, C, H·W]. */
export const rowsOf = (x: Tensor) => view(x, [...x.shape.slice(0, 2), size(x.shape.slice(2))]);
