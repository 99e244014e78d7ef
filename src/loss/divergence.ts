import type { Tensor } from "../tensor/tensor.ts";
import { lossOfElements } from "./pointwise.ts";
import { checkReduction, type Reduction } from "./reduction.ts";

export interface KlDivOptions {
  /** Whether the target holds logarithms of probabilities as well. Default false. */
  readonly logTarget?: boolean;
  /** "batchmean" divides the sum by the length of the first axis, which is what the divergence is. Default "mean". */
  readonly reduction?: Reduction | "batchmean";
}

/**
 * Kullback–Leibler divergence t·(ln t − x) of probabilities t from those whose logarithms are x, of one shape, as
 * `torch.nn.functional.kl_div`. 0·ln 0 is 0, and so is the gradient of a target of 0; a `logTarget` of −∞ counts as a
 * probability of 0. Both have gradients. Throws `ShapeError` for shapes that differ or are empty.
 */
export function klDiv(
  input: Tensor,
  target: Tensor,
  { logTarget = false, reduction = "mean" }: KlDivOptions = {},
): Tensor {
  checkReduction("klDiv", reduction, ["mean", "batchmean", "sum", "none"]);
  const batch = reduction === "batchmean";
  return lossOfElements(
    "klDiv",
    { x: input, t: target },
    {
      loss: logTarget ? "kl_div_log" : "kl_div",
      reduction: batch ? "mean" : reduction,
      ...(batch && { count: input.shape[0] ?? 1 }),
      grads: ["x", "t"],
    },
  );
}
