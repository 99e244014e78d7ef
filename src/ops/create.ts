import type { Shape } from "../core/shape.ts";
import { fill } from "../kernels/elementwise/fill.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** A tensor of one value. */
export const full = (shape: Shape, value: number): Tensor => run(fill, {}, { shape, value }).y;

export const zeros = (shape: Shape): Tensor => full(shape, 0);

export const ones = (shape: Shape): Tensor => full(shape, 1);
