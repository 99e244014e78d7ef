import { ValueError } from "../core/errors.ts";
import { oneOf } from "../core/kinds.ts";
import { options } from "../core/signature.ts";
import { lossTotal } from "../kernels/loss/total.ts";
import { onAdapter, run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { view } from "../tensor/view.ts";

/** What becomes of the losses of the elements or rows: their mean, their sum, or nothing. */
export type Reduction = "mean" | "sum" | "none";

/** What becomes of the losses of the elements or rows: "mean", "sum", or "none", which gives them all. */
export interface ReductionOption {
  /** What becomes of the losses: their mean, their sum, or "none": all of them. Default "mean". */
  readonly reduction?: Reduction;
}

export const reductionKind = /* @__PURE__ */ oneOf("mean", "sum", "none");
export const reductionOptions = /* @__PURE__ */ options<ReductionOption>({
  reduction: reductionKind,
});

/** Throws `ValueError` unless it `holds` that `value` is in its `domain`. */
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

/** The sum of the sums of pieces as one element. Frees them, unless there is but one. */
export const sumOfPieces = (pieces: Tensor): Tensor => (pieces.size > 1 ? total(pieces) : pieces);

/** The losses of rows, reduced: what a loss returns. Frees x unless it is the result. */
export function reduced(x: Tensor, reduction: Reduction, denominator?: Tensor): Tensor {
  if (reduction === "none") return x;
  const scale = reduction === "mean" && !denominator ? 1 / x.size : 1;
  return scalar(total(x, scale, denominator));
}
