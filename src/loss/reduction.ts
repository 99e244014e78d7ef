import { ValueError } from "../core/errors.ts";
import { oneOf } from "../core/kinds.ts";
import { options } from "../core/signature.ts";
import { lossTotal } from "../kernels/loss/total.ts";
import { onAdapter, run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { view } from "../tensor/view.ts";

/** Reduction of the losses of elements or rows: their mean, their sum, or none. */
export type Reduction = "mean" | "sum" | "none";

/** Option of losses: the reduction of the losses of elements or rows. */
export interface ReductionOption {
  /** "mean" or "sum" of the losses, or "none", which returns all of them. Default "mean". */
  readonly reduction?: Reduction;
}

export const reductionKind = /* @__PURE__ */ oneOf("mean", "sum", "none");
export const reductionOptions = /* @__PURE__ */ options<ReductionOption>({
  reduction: reductionKind,
});

/** Throws `ValueError` unless `holds`: `value` must be in its `domain`. */
export function checkNumber(
  who: string,
  name: string,
  value: number,
  holds: boolean,
  domain: string,
): void {
  if (holds) return;
  throw new ValueError(`${who}: expected ${name} ${domain}, got ${value}; choose another`);
}

/** A one-element tensor as a scalar of shape []. Frees x. */
export function scalar(x: Tensor): Tensor {
  const result = view(x, []);
  x.dispose();
  return result;
}

/** Σ x · scale / denominator as one element, in a fixed order. Frees x. */
export function total(x: Tensor, scale = 1, denominator?: Tensor): Tensor {
  const { y } = run(lossTotal, { x, denominator }, { scale, ...onAdapter(x) });
  x.dispose();
  return y.size > 1 ? total(y) : y;
}

/** Adds the sums of pieces to one element. Frees them, unless there is only one. */
export const sumOfPieces = (pieces: Tensor): Tensor => (pieces.size > 1 ? total(pieces) : pieces);

/** Reduces the losses of rows to a loss's result. Frees x unless it is the result. */
export function reduced(x: Tensor, reduction: Reduction, denominator?: Tensor): Tensor {
  if (reduction === "none") return x;
  const scale = reduction === "mean" && !denominator ? 1 / x.size : 1;
  return scalar(total(x, scale, denominator));
}
