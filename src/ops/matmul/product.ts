import type { DType } from "../../core/shape.ts";
import type { ActivationOptions } from "../../kernels/elementwise/activations.ts";
import type { EpilogueBuffers } from "../../kernels/epilogue.ts";
import { chooseMatmul } from "../../kernels/matmul/choose.ts";
import { matmulSumParts } from "../../kernels/matmul/sum_parts.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** How the operands are stored, and what is applied last. */
export interface ProductOptions {
  /** Whether a is stored as [..., k, m] rather than [..., m, k]. */
  readonly transposeA: boolean;
  /** Whether b is stored as [..., n, k] rather than [..., k, n]. */
  readonly transposeB: boolean;
  /** Applied to the result, in the same kernel. Default "identity". */
  readonly act?: ActivationOptions | undefined;
  /** Which axis of the product bias and affine go along. Default "column". */
  readonly channel?: "row" | "column";
}

/** Tensors a product may use beside its operands; it writes z, and c instead of a new tensor. */
export type ProductTensors = EpilogueBuffers<Tensor> & {
  readonly c?: Tensor | undefined;
  /** Of the product. Default f16 if one of the operands is, else f32. */
  readonly dtype?: DType;
  /** As of `Chooser`. */
  readonly constantWeights?: boolean;
};

/** a · b without a history, by the kernel for these shapes: [..., m, n]. Throws what its plan throws. */
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
