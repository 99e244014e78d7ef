import { ShapeError } from "../core/errors.ts";
import { sameShape, show } from "../core/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { lossOfElements } from "./pointwise.ts";
import { checkNumber, type ReductionOption } from "./reduction.ts";

/**
 * max(0, 1 − t·x) of scores x and targets t = ±1 of one shape: the loss of the support vector machine. The derivative at
 * the kink is 0; the target has no gradient. Throws `ShapeError` for shapes that differ or are empty.
 */
export const hingeLoss = (input: Tensor, target: Tensor, options: ReductionOption = {}): Tensor =>
  lossOfElements("hingeLoss", { x: input, t: target }, { ...options, loss: "hinge" });

/**
 * max(0, 1 − t·x)² of scores x and targets t = ±1 of one shape. The target has no gradient. Throws `ShapeError` for shapes
 * that differ or are empty.
 */
export const squaredHingeLoss = (
  input: Tensor,
  target: Tensor,
  options: ReductionOption = {},
): Tensor =>
  lossOfElements(
    "squaredHingeLoss",
    { x: input, t: target },
    { ...options, loss: "squared_hinge" },
  );

/**
 * ln(1 + e^(−t·x)) of scores x and targets t = ±1 of one shape, `torch.nn.functional.soft_margin_loss`, without its
 * overflow. The target has no gradient. Throws `ShapeError` for shapes that differ or are empty.
 */
export const softMarginLoss = (
  input: Tensor,
  target: Tensor,
  options: ReductionOption = {},
): Tensor =>
  lossOfElements("softMarginLoss", { x: input, t: target }, { ...options, loss: "soft_margin" });

export interface MarginOptions extends ReductionOption {
  /** Default 1 for `hingeEmbeddingLoss`, 0 for `marginRankingLoss`. */
  readonly margin?: number;
}

/**
 * x where t = 1, max(0, margin − x) where t = −1, for distances x and targets t of one shape, as
 * `torch.nn.functional.hinge_embedding_loss`. The target has no gradient. Throws `ShapeError` for shapes that differ or are
 * empty, `ValueError` for a margin that is not finite.
 */
export function hingeEmbeddingLoss(
  input: Tensor,
  target: Tensor,
  { margin = 1, ...options }: MarginOptions = {},
): Tensor {
  checkNumber("hingeEmbeddingLoss", "margin", margin, true, "finite");
  const call = { ...options, loss: "hinge_embedding", a: margin } as const;
  return lossOfElements("hingeEmbeddingLoss", { x: input, t: target }, call);
}

/**
 * max(0, margin − t·(x1 − x2)): t = 1 wants x1 ranked above x2, t = −1 below, as
 * `torch.nn.functional.margin_ranking_loss`. x1 and x2 have one shape and gradients, which flow at the kink too; t has that
 * shape, or is one number for all. Throws `ShapeError` for shapes that do not fit or are empty, `ValueError` for a margin
 * that is not finite.
 */
export function marginRankingLoss(
  input1: Tensor,
  input2: Tensor,
  target: Tensor,
  { margin = 0, ...options }: MarginOptions = {},
): Tensor {
  const who = "marginRankingLoss";
  checkNumber(who, "margin", margin, true, "finite");
  if (target.size !== 1 && !sameShape(target.shape, input1.shape)) {
    throw new ShapeError(
      `${who}: expected a target [] or ${show(input1.shape)}, got ${show(target.shape)}; reshape it`,
    );
  }
  const operands = { x: input1, t: input2, v: target };
  const call = { ...options, loss: "margin_ranking", a: margin, grads: ["x", "t"] } as const;
  return lossOfElements(who, operands, call);
}
