import type { HostTensor } from "../kernels/kernel.ts";
import {
  elementsReference,
  type LossElements,
  type PointwiseOptions,
} from "../kernels/loss/elements.ts";
import type { Reduction } from "./reduction.ts";

/** Reduces losses in float64. A mean divides by their number, or by `count` if it is given. */
export function reduceLosses(
  losses: ArrayLike<number>,
  reduction: Reduction = "mean",
  count = losses.length,
): Float64Array {
  if (reduction === "none") return Float64Array.from(losses);
  const sum = Array.from(losses).reduce((a, b) => a + b, 0);
  return Float64Array.of(reduction === "mean" ? sum / count : sum);
}

/** An elementwise loss in float64, reduced. */
export function elementLosses(
  operands: LossElements,
  { reduction, ...options }: PointwiseOptions & { readonly reduction?: Reduction },
): Float64Array {
  const { count, loss } = elementsReference(operands, options);
  return reduceLosses(
    Float64Array.from({ length: count }, (_, i) => loss(i)),
    reduction,
  );
}

/** The same numbers under another shape. */
export const reshaped = ({ data }: HostTensor, shape: readonly number[]): HostTensor => ({
  shape,
  data,
});
