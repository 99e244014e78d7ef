import type { DType } from "../../core/shape.ts";
import type { ActivationOptions } from "../../kernels/elementwise/activations.ts";
import type { EpilogueBuffers } from "../../kernels/epilogue.ts";
import { chooseMatmul } from "../../kernels/matmul/choose.ts";
import { matmulSumParts } from "../../kernels/matmul/sum_parts.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** Storage order of the operands, and the activation. */
export interface ProductOptions {
  /** Whether a is stored as [..., k, m] rather than [..., m, k]. */
  readonly transposeA: boolean;
  /** Whether b is stored as [..., n, k] rather than [..., k, n]. */
  readonly transposeB: boolean;
  /** Applied to the result, in the same kernel. Default "identity". */
  readonly act?: ActivationOptions | undefined;
  /** The axis of the product that bias and affine extend along. Default "column". */
  readonly channel?: "row" | "column";
}

/** Optional tensors of a product besides its operands; it writes z, and c if it is given. */
export type ProductTensors = EpilogueBuffers<Tensor> & {
  readonly c?: Tensor | undefined;
  /** dtype of the product. Default f16 if one of the operands is f16, else f32. */
  readonly dtype?: DType;
  /** As in `Chooser`. */
  readonly constantWeights?: boolean;
};

/** a · b without a history, with the best kernel for these shapes: [..., m, n]. Throws the errors of its plan. */
export function product(
  a: Tensor,
  b: Tensor,
  options: ProductOptions,
  {
    c,
    dtype = a.dtype === "f16" ? a.dtype : b.dtype,
    constantWeights,
    ...buffers
  }: ProductTensors = {},
): Tensor {
  const shapes = { a: a.shape, b: b.shape };
  const { kernel, parts } = chooseMatmul(shapes, options, { ...a.engine.chooser, constantWeights });
  if (parts === 1) return run(kernel, { a, b, ...buffers }, options, { c }, { c: dtype }).c;
  const { act, channel, ...transposes } = options;
  using partial = run(kernel, { a, b }, { ...transposes, parts }, {}, { c: "f32" }).c;
  return run(matmulSumParts, { partial, ...buffers }, { act, channel }, { c }, { c: dtype }).c;
}
