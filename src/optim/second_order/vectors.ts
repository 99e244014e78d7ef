import { binary } from "../../kernels/elementwise/binary.ts";
import { type AxpyOptions, vectorAxpy as axpy } from "../../kernels/vector/axpy.ts";
import { vectorDot as dot } from "../../kernels/vector/dot.ts";
import { type TotalOptions, vectorTotal as total } from "../../kernels/vector/total.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** Puts a · b, finished as each of `results` says, in `scalars`: nothing is read back. */
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

/** Puts a one-element tensor in `scalars`. */
export function put(scalars: Tensor, value: Tensor, to: number): void {
  run(total, { partials: value, scalars }, { to });
}

/** y ← keep · y + factor · x, one of the two times `scalars[at]` where `scaled` says so. */
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
