import { binary } from "../../kernels/elementwise/binary.ts";
import { type AxpyOptions, vectorAxpy as axpy } from "../../kernels/vector/axpy.ts";
import { vectorDot as dot } from "../../kernels/vector/dot.ts";
import { type TotalOptions, vectorTotal as total } from "../../kernels/vector/total.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** Writes a · b, transformed as each of `results` says, to `scalars`; nothing is read back. */
export function dotTo(
  scalars: Tensor,
  a: Tensor,
  b: Tensor,
  ...results: readonly TotalOptions[]
): void {
  const { partials } = run(dot, { a, b }, undefined);
  for (const result of results) run(total, { partials, scalars }, result);
  partials.dispose();
}

/** Copies a one-element tensor to an element of `scalars`. */
export function put(scalars: Tensor, value: Tensor, to: number): void {
  run(total, { partials: value, scalars }, { to });
}

/** y ← keep · y + factor · x; `scaled` says which of the two is also multiplied by `scalars[at]`. */
export function combine(
  y: Tensor,
  x: Tensor,
  { scalars, ...options }: AxpyOptions & { readonly scalars?: Tensor },
): void {
  run(axpy, { x, y, scalars }, options);
}

/** into ← a − b */
export function difference(into: Tensor, a: Tensor, b: Tensor): void {
  run(binary, { a, b }, { op: "sub" }, { c: into });
}
