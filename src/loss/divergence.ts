import { boolean, oneOf } from "../core/kinds.ts";
import { checked, options } from "../core/signature.ts";
import { tensorKind } from "../tensor/kinds.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { lossOfElements } from "./pointwise.ts";
import type { Reduction } from "./reduction.ts";

/** Options of `klDiv`. */
export interface KlDivOptions {
  /** Whether the target also holds log-probabilities. Default false. */
  readonly logTarget?: boolean;
  /**
   * Reduction; "batchmean" divides the sum by the length of the first axis, which gives the divergence per sample. Default
   * "mean".
   */
  readonly reduction?: Reduction | "batchmean";
}

const klDivReduction = /* @__PURE__ */ oneOf("mean", "batchmean", "sum", "none");
export const klDivOptions = /* @__PURE__ */ options<KlDivOptions>({
  logTarget: boolean,
  reduction: klDivReduction,
});

/**
 * Kullback–Leibler divergence t·(ln t − x) of target probabilities t and log-probabilities x of one shape, as
 * `torch.nn.functional.kl_div`. 0·ln 0 and 0·−∞ are 0, and so is the gradient of a target of 0; a `logTarget` of −∞ counts
 * as a probability of 0. Both have gradients. Throws `ShapeError` for shapes that differ or are empty.
 *
 * @example
 * ```ts
 * import { log, tensor } from "wgrad";
 * import { klDiv } from "wgrad/loss";
 * const [x, target] = [tensor([[0.5, 0.5]]), tensor([[0.9, 0.1]])];
 * console.log(await klDiv(log(x), target, { reduction: "sum" }).item()); // 0.3681
 * ```
 */
export const klDiv = /* @__PURE__ */ checked(
  "klDiv",
  { input: tensorKind, target: tensorKind, options: klDivOptions },
  (
    input: Tensor,
    target: Tensor,
    { logTarget = false, reduction = "mean" }: KlDivOptions = {},
  ): Tensor => {
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
  },
);
