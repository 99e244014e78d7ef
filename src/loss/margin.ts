import { ShapeError } from "../core/errors.ts";
import { finite } from "../core/kinds.ts";
import { sameShape, show } from "../core/shape.ts";
import { checked, options } from "../core/signature.ts";
import { tensorKind } from "../tensor/kinds.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { lossOfElements } from "./pointwise.ts";
import { type ReductionOption, reductionKind, reductionOptions } from "./reduction.ts";

const pair = { input: tensorKind, target: tensorKind };

/**
 * max(0, 1 − t·x) of scores x and targets t = ±1 of one shape: the loss of the support vector machine. The derivative is 0
 * at t·x = 1; the target has no gradient. Throws `ShapeError` for shapes that differ or are empty.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { hingeLoss } from "wgrad/loss";
 * const [scores, targets] = [tensor([2, 0.5, -1]), tensor([1, 1, 1])];
 * console.log(await hingeLoss(scores, targets, { reduction: "none" }).read()); // [0, 0.5, 2]
 * ```
 */
export const hingeLoss = /* @__PURE__ */ checked(
  "hingeLoss",
  { ...pair, options: reductionOptions },
  (input: Tensor, target: Tensor, given: ReductionOption = {}): Tensor =>
    lossOfElements("hingeLoss", { x: input, t: target }, { ...given, loss: "hinge" }),
);

/**
 * max(0, 1 − t·x)² of scores x and targets t = ±1 of one shape. The target has no gradient. Throws `ShapeError` for shapes
 * that differ or are empty.
 */
export const squaredHingeLoss = /* @__PURE__ */ checked(
  "squaredHingeLoss",
  { ...pair, options: reductionOptions },
  (input: Tensor, target: Tensor, given: ReductionOption = {}): Tensor =>
    lossOfElements(
      "squaredHingeLoss",
      { x: input, t: target },
      { ...given, loss: "squared_hinge" },
    ),
);

/**
 * ln(1 + e^(−t·x)) of scores x and targets t = ±1 of one shape, `torch.nn.functional.soft_margin_loss`, computed without
 * overflow. The target has no gradient. Throws `ShapeError` for shapes that differ or are empty.
 */
export const softMarginLoss = /* @__PURE__ */ checked(
  "softMarginLoss",
  { ...pair, options: reductionOptions },
  (input: Tensor, target: Tensor, given: ReductionOption = {}): Tensor =>
    lossOfElements("softMarginLoss", { x: input, t: target }, { ...given, loss: "soft_margin" }),
);

/** Options of `hingeEmbeddingLoss` and `marginRankingLoss`. */
export interface MarginOptions extends ReductionOption {
  /** The margin of the hinge. Default 1 for `hingeEmbeddingLoss`, 0 for `marginRankingLoss`. */
  readonly margin?: number;
}

export const marginOptions = /* @__PURE__ */ options<MarginOptions>({
  margin: finite,
  reduction: reductionKind,
});

/**
 * x where t = 1, max(0, margin − x) where t = −1, for distances x and targets t of one shape, as
 * `torch.nn.functional.hinge_embedding_loss`. The target has no gradient. Throws `ShapeError` for shapes that differ or are
 * empty, `ValueError` for a margin that is not finite.
 */
export const hingeEmbeddingLoss = /* @__PURE__ */ checked(
  "hingeEmbeddingLoss",
  { ...pair, options: marginOptions },
  (input: Tensor, target: Tensor, { margin = 1, ...rest }: MarginOptions = {}): Tensor => {
    const call = { ...rest, loss: "hinge_embedding", a: margin } as const;
    return lossOfElements("hingeEmbeddingLoss", { x: input, t: target }, call);
  },
);

/**
 * max(0, margin − t·(x1 − x2)), where t = 1 means that x1 should rank above x2 and t = −1 below, as
 * `torch.nn.functional.margin_ranking_loss`. x1 and x2 have the same shape and gradients, also where the loss just becomes
 * 0; t has that shape, or is one number for all. Throws `ShapeError` for shapes that do not fit or are empty, `ValueError`
 * for a margin that is not finite.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { marginRankingLoss } from "wgrad/loss";
 * const [a, b, first] = [tensor([1, 1]), tensor([0, 2]), tensor([1, 1])]; // a should be ranked before b
 * console.log(await marginRankingLoss(a, b, first, { margin: 0.5, reduction: "none" }).read()); // [0, 1.5]
 * ```
 */
export const marginRankingLoss = /* @__PURE__ */ checked(
  "marginRankingLoss",
  { input1: tensorKind, input2: tensorKind, target: tensorKind, options: marginOptions },
  marginRanking,
);

function marginRanking(
  input1: Tensor,
  input2: Tensor,
  target: Tensor,
  { margin = 0, ...rest }: MarginOptions = {},
): Tensor {
  const who = "marginRankingLoss";
  if (target.size !== 1 && !sameShape(target.shape, input1.shape)) {
    throw new ShapeError(
      `${who}: expected a target [] or ${show(input1.shape)}, got ${show(target.shape)}; reshape it`,
    );
  }
  const operands = { x: input1, t: input2, v: target };
  const call = { ...rest, loss: "margin_ranking", a: margin, grads: ["x", "t"] } as const;
  return lossOfElements(who, operands, call);
}
