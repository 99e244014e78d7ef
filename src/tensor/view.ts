import type { Shape } from "../core/shape.ts";
import { Tensor } from "./tensor.ts";

/** The same bytes under another shape of the same size: no kernel runs, no history is kept. */
export function view(x: Tensor, shape: Shape): Tensor {
  const { engine, storage, dtype, bounds, name } = x;
  return new Tensor({ engine, storage, shape, dtype, bounds, name });
}

/** The same bytes under another shape; the tensor under the old one is disposed. */
export function reshaped(x: Tensor, shape: Shape): Tensor {
  using old = x;
  return view(old, shape);
}
