/**
 * Operations without gradients, for the loops of estimators: a page that only fits models loads no autograd. The names are
 * those of the operations in wgrad, whose results they give.
 */

import { activate } from "../kernels/elementwise/activate.ts";
import { scale } from "../kernels/elementwise/scale.ts";
import { unary } from "../kernels/elementwise/unary.ts";
import { contiguous } from "../kernels/shape/contiguous.ts";
import { section } from "../kernels/shape/views.ts";
import { plainSoftmax } from "../ops/activation/softmax.ts";
import { applied } from "../ops/elementwise/operands.ts";
import { product } from "../ops/matmul/product.ts";
import { plainSum } from "../ops/reduce/reduce.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";

export const mul = (a: Tensor, b: Tensor): Tensor => applied("mul", a, b);
export const sub = (a: Tensor, b: Tensor): Tensor => applied("sub", a, b);
export const exp = (x: Tensor): Tensor => run(unary, { x }, { op: "exp" }).y;
export const neg = (x: Tensor): Tensor => run(unary, { x }, { op: "neg" }).y;
export const square = (x: Tensor): Tensor => run(unary, { x }, { op: "square" }).y;
export const relu = (x: Tensor): Tensor => run(activate, { x }, { act: "relu" }).y;
export const sigmoid = (x: Tensor): Tensor => run(activate, { x }, { act: "sigmoid" }).y;
export const softplus = (x: Tensor): Tensor => run(activate, { x }, { act: "softplus" }).y;
export const logSoftmax = (x: Tensor): Tensor => plainSoftmax(x, -1, true);

/** factor · x + shift. */
export const affine = (x: Tensor, factor: number, shift: number): Tensor =>
  run(scale, { x }, { scale: factor, shift }).y;

/** Sum of all elements. */
export const sum = (x: Tensor): Tensor => plainSum(x, {});

/** Sums of the rows of a matrix: [rows, 1]. */
export const rowSums = (x: Tensor): Tensor => plainSum(x, { axes: [1], keepDims: true });

/** aᵀ · b. */
export const transposedProduct = (a: Tensor, b: Tensor): Tensor =>
  product(a, b, { transposeA: true, transposeB: false });

/** Rows, or with `axis` 1 columns, from `start` up to but not including `end`. */
export const slice = (x: Tensor, axis: 0 | 1, start: number, end: number): Tensor =>
  run(contiguous, { x }, section(x.shape, axis, start, end - start)).y;
