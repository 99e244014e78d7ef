import { ShapeError } from "../core/errors.ts";
import { finite } from "../core/kinds.ts";
import { show } from "../core/shape.ts";
import { checked, options } from "../core/signature.ts";
import { mean } from "../ops/reduce/reduce.ts";
import { tensorKind } from "../tensor/kinds.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { lossOfElements } from "./pointwise.ts";
import { checkNumber, type ReductionOption, reductionKind } from "./reduction.ts";

const both = ["x", "t"] as const;
const pair = { input: tensorKind, target: tensorKind };
const scored = { logits: tensorKind, target: tensorKind };

/** Options of `binaryCrossEntropy`. */
export interface BinaryCrossEntropyOptions extends ReductionOption {
  /** Weight of every element; broadcasts to the input. A mean still divides by the number of elements, not of weights. */
  readonly weight?: Tensor | undefined;
}

export const binaryCrossEntropyOptions = /* @__PURE__ */ options<BinaryCrossEntropyOptions>({
  weight: tensorKind,
  reduction: reductionKind,
});

/**
 * −t·ln x − (1 − t)·ln(1 − x) of probabilities x and targets t in [0, 1] of one shape, each logarithm at least −100, as
 * `torch.nn.functional.binary_cross_entropy`; from logits use `binaryCrossEntropyWithLogits`. Both have gradients. An x
 * outside [0, 1] gives NaN. Throws `ShapeError` for shapes that do not fit or are empty.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { binaryCrossEntropy } from "wgrad/loss";
 * console.log(await binaryCrossEntropy(tensor([0.9, 0.2]), tensor([1, 0])).item()); // 0.1643
 * ```
 */
export const binaryCrossEntropy = /* @__PURE__ */ checked(
  "binaryCrossEntropy",
  { ...pair, options: binaryCrossEntropyOptions },
  (input: Tensor, target: Tensor, { weight, ...rest }: BinaryCrossEntropyOptions = {}): Tensor =>
    lossOfElements(
      "binaryCrossEntropy",
      { x: input, t: target, weight },
      { ...rest, loss: "bce", grads: both },
    ),
);

/** Options of `binaryCrossEntropyWithLogits`. */
export interface BinaryCrossEntropyWithLogitsOptions extends BinaryCrossEntropyOptions {
  /** Weight of positive targets, for example [C] for logits [N, C]; broadcasts to the logits. Default 1. */
  readonly posWeight?: Tensor | undefined;
}

export const binaryCrossEntropyWithLogitsOptions =
  /* @__PURE__ */ options<BinaryCrossEntropyWithLogitsOptions>({
    weight: tensorKind,
    posWeight: tensorKind,
    reduction: reductionKind,
  });

/**
 * −p·t·ln σ(x) − (1 − t)·ln(1 − σ(x)) of logits x, targets t in [0, 1] of one shape and posWeight p, as
 * `torch.nn.functional.binary_cross_entropy_with_logits`; accurate for logits of any size, and 0 for a correct logit of ±∞.
 * Logits and targets have gradients. Throws `ShapeError` for shapes that do not fit or are empty.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { binaryCrossEntropyWithLogits } from "wgrad/loss";
 * console.log(await binaryCrossEntropyWithLogits(tensor([0, 0]), tensor([1, 0])).item()); // 0.6931
 * ```
 */
export const binaryCrossEntropyWithLogits = /* @__PURE__ */ checked(
  "binaryCrossEntropyWithLogits",
  { ...scored, options: binaryCrossEntropyWithLogitsOptions },
  (
    logits: Tensor,
    target: Tensor,
    { weight, posWeight, ...rest }: BinaryCrossEntropyWithLogitsOptions = {},
  ): Tensor =>
    lossOfElements(
      "binaryCrossEntropyWithLogits",
      { x: logits, t: target, v: posWeight, weight },
      { ...rest, loss: "bce_logits", grads: both },
    ),
);

/** Options of `multiLabelSoftMarginLoss`. */
export interface MultiLabelSoftMarginOptions extends ReductionOption {
  /** Weight of every class, [C]. */
  readonly weight?: Tensor | undefined;
}

export const multiLabelSoftMarginOptions = /* @__PURE__ */ options<MultiLabelSoftMarginOptions>({
  weight: tensorKind,
  reduction: reductionKind,
});

/**
 * Mean over the classes (the last axis) of the binary cross-entropy of logits [N, …, C] with targets of 0 and 1, as
 * `torch.nn.functional.multilabel_soft_margin_loss`; "none" gives [N, …]. Throws `ShapeError` for shapes that do not fit
 * or are empty.
 */
export const multiLabelSoftMarginLoss = /* @__PURE__ */ checked(
  "multiLabelSoftMarginLoss",
  { ...scored, options: multiLabelSoftMarginOptions },
  multiLabelSoftMargin,
);

function multiLabelSoftMargin(
  logits: Tensor,
  target: Tensor,
  { weight, reduction = "mean" }: MultiLabelSoftMarginOptions = {},
): Tensor {
  const who = "multiLabelSoftMarginLoss";
  const classes = logits.shape.at(-1);
  if (classes === undefined) {
    throw new ShapeError(`${who}: expected logits [N, C], got ${show(logits.shape)}; reshape them`);
  }
  const operands = { x: logits, t: target, weight };
  const loss = "bce_logits" as const;
  if (reduction === "none") {
    using each = lossOfElements(who, operands, { loss, reduction, grads: both });
    return mean(each, { axes: [-1] });
  }
  const count = reduction === "sum" ? classes : logits.size;
  return lossOfElements(who, operands, { loss, reduction: "mean", count, grads: both });
}

/** Options of `sigmoidFocalLoss` (Lin et al. 2017). */
export interface SigmoidFocalOptions extends ReductionOption {
  /** α in [0, 1], the weight of positive targets; negatives have 1 − α. −1 weights all equally. Default 0.25. */
  readonly alpha?: number;
  /** γ ≥ 0: how strongly easy elements are down-weighted; 0 is cross-entropy. Default 2. */
  readonly gamma?: number;
}

export const sigmoidFocalOptions = /* @__PURE__ */ options<SigmoidFocalOptions>({
  alpha: finite,
  gamma: finite,
  reduction: reductionKind,
});

/**
 * Focal loss of logits and targets of 0 and 1 of one shape, −α′·(1 − p′)^γ·ln p′ with p′ the predicted probability of the
 * true outcome (Lin et al., "Focal loss for dense object detection", 2017), torchvision's `sigmoid_focal_loss` with the
 * mean as the default. Accurate for logits of any size; the target has no gradient. For one of several exclusive classes
 * see `focalLoss`.
 *
 * Throws `ShapeError` for shapes that do not fit or are empty, `ValueError` for α or γ outside their domain.
 */
export const sigmoidFocalLoss = /* @__PURE__ */ checked(
  "sigmoidFocalLoss",
  { ...scored, options: sigmoidFocalOptions },
  (
    logits: Tensor,
    target: Tensor,
    { alpha = 0.25, gamma = 2, ...rest }: SigmoidFocalOptions = {},
  ): Tensor => {
    const who = "sigmoidFocalLoss";
    const inside = alpha === -1 || (alpha >= 0 && alpha <= 1);
    checkNumber(who, "alpha", alpha, inside, "in [0, 1], or −1");
    checkNumber(who, "gamma", gamma, gamma >= 0, "≥ 0");
    const call = { ...rest, loss: "focal", a: alpha, b: gamma } as const;
    return lossOfElements(who, { x: logits, t: target }, call);
  },
);
