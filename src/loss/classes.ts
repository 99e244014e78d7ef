import { finite, integer } from "../core/kinds.ts";
import { checked, options } from "../core/signature.ts";
import { focalSoftmax } from "../kernels/loss/focal_softmax.ts";
import { multiLabelMargin } from "../kernels/loss/multi_label_margin.ts";
import { multiMargin } from "../kernels/loss/multi_margin.ts";
import { nll } from "../kernels/loss/nll.ts";
import { tensorKind } from "../tensor/kinds.ts";
import { onAdapter, run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type ClassLossOptions, lossOfClasses, lossOfRows } from "./class_rows.ts";
import { IGNORED, integers, type Labels, labelsKind } from "./labels.ts";
import { checkNumber, type ReductionOption, reductionKind, reductionOptions } from "./reduction.ts";

const labelled = { input: tensorKind, labels: labelsKind };

export const nllOptions = /* @__PURE__ */ options<ClassLossOptions>({
  weight: tensorKind,
  ignoreIndex: integer,
  reduction: reductionKind,
});

/**
 * −w[t]·x[t] of log-probabilities x [N, C, d…], from `logSoftmax(…, 1)`, and class labels [N, d…], as
 * `torch.nn.functional.nll_loss`. The mean divides by the weights of the labels that are not ignored. Labels known on the
 * host are checked; other labels out of range give NaN. The mean is NaN if all labels are ignored, as in PyTorch.
 *
 * Throws `ShapeError` for shapes that do not fit or an empty batch, `ValueError` for a label out of range.
 *
 * @example
 * ```ts
 * import { logSoftmax, tensor } from "wgrad";
 * import { nllLoss } from "wgrad/loss";
 * const logits = tensor([[2, 0, 0], [0, 0, 2]]);
 * console.log(await nllLoss(logSoftmax(logits), [0, 1]).item()); // 1.24
 * ```
 */
export const nllLoss = /* @__PURE__ */ checked(
  "nllLoss",
  { ...labelled, options: nllOptions },
  (input: Tensor, labels: Labels, given: ClassLossOptions = {}): Tensor =>
    lossOfClasses("nllLoss", input, labels, {
      options: given,
      ignoreIndex: given.ignoreIndex ?? IGNORED,
      byWeight: true,
      queue: (rows, ignored, scale) => run(nll, { logp: input, ...rows }, { ...ignored, scale }),
    }),
);

/** Options of `focalLoss` (Lin et al. 2017). */
export interface FocalOptions extends ReductionOption {
  /** γ ≥ 0: how strongly easy rows are down-weighted; 0 is cross-entropy. Default 2. */
  readonly gamma?: number;
  /** α: weight of every class, [C]. A mean still divides by the number of labels that are not ignored. Default: all 1. */
  readonly weight?: Tensor | undefined;
  /** The label of elements to ignore. Default −100. */
  readonly ignoreIndex?: number | undefined;
}

export const focalOptions = /* @__PURE__ */ options<FocalOptions>({
  gamma: finite,
  weight: tensorKind,
  ignoreIndex: integer,
  reduction: reductionKind,
});

/**
 * Focal loss of logits [N, C, d…] and class labels [N, d…]: −α[t]·(1 − p[t])^γ·ln p[t] with p = softmax (Lin et al., "Focal
 * loss for dense object detection", 2017, for exclusive classes). Accurate for logits of any size. For independent classes,
 * with sigmoids, see `sigmoidFocalLoss`.
 *
 * Throws `ShapeError` for shapes that do not fit or an empty batch, `ValueError` for a label out of range or a negative γ.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { crossEntropy, focalLoss } from "wgrad/loss";
 * const logits = tensor([[2, 0], [0, 1]]); // the first row is easy
 * console.log(await crossEntropy(logits, [0, 0], { reduction: "none" }).read()); // [0.1269, 1.313]
 * console.log(await focalLoss(logits, [0, 0], { gamma: 2, reduction: "none" }).read()); // [0.001804, 0.7019]
 * ```
 */
export const focalLoss = /* @__PURE__ */ checked(
  "focalLoss",
  { logits: tensorKind, labels: labelsKind, options: focalOptions },
  (logits: Tensor, labels: Labels, given: FocalOptions = {}): Tensor => {
    const { gamma = 2 } = given;
    checkNumber("focalLoss", "gamma", gamma, gamma >= 0, "≥ 0");
    return lossOfClasses("focalLoss", logits, labels, {
      options: given,
      ignoreIndex: given.ignoreIndex ?? IGNORED,
      byWeight: false,
      queue: (rows, ignored, scale) =>
        run(focalSoftmax, { logits, ...rows }, { ...ignored, gamma, scale, ...onAdapter(logits) }),
    });
  },
);

/** Options of `multiMarginLoss`. */
export interface MultiMarginLossOptions extends ReductionOption {
  /** Exponent of the excess over the margin: 1 or 2. Default 1. */
  readonly p?: 1 | 2;
  /** Margin by which the score of the label must exceed the others. Default 1. */
  readonly margin?: number;
  /** Weight of every class, [C]. A mean still divides by the number of rows. */
  readonly weight?: Tensor | undefined;
}

export const multiMarginOptions = /* @__PURE__ */ options<MultiMarginLossOptions>({
  p: finite,
  margin: finite,
  weight: tensorKind,
  reduction: reductionKind,
});

/**
 * Multi-class hinge loss of scores x [N, C] and class labels [N]: w[t]/C · Σ_{k≠t} max(0, margin − x[t] + x[k])^p, as
 * `torch.nn.functional.multi_margin_loss`. The derivative is 0 where the score equals the margin.
 *
 * Throws `ShapeError` for shapes that do not fit or an empty batch, `ValueError` for a label out of range or another p.
 */
export const multiMarginLoss = /* @__PURE__ */ checked(
  "multiMarginLoss",
  { ...labelled, options: multiMarginOptions },
  (input: Tensor, labels: Labels, given: MultiMarginLossOptions = {}): Tensor => {
    const { p = 1, margin = 1 } = given;
    return lossOfClasses("multiMarginLoss", input, labels, {
      options: given,
      byWeight: false,
      queue: ({ labels: known, weight }, _ignored, scale) =>
        run(multiMargin, { x: input, labels: known, weight }, { p, margin, scale }),
    });
  },
);

/**
 * Hinge loss of scores x [N, C] whose rows have several targets, integers [N, C]: classes up to the first −1. With Y a
 * row's targets it is 1/C · Σ_{t∈Y} Σ_{k∉Y} max(0, 1 − x[t] + x[k]), as `torch.nn.functional.multilabel_margin_loss`. A
 * target out of range gives NaN. The derivative is 0 where the score equals the margin.
 *
 * Throws `ShapeError` for shapes that do not fit or an empty batch, `ValueError` for targets that are not integers.
 */
export const multiLabelMarginLoss = /* @__PURE__ */ checked(
  "multiLabelMarginLoss",
  { input: tensorKind, targets: labelsKind, options: reductionOptions },
  (input: Tensor, given: Labels, { reduction = "mean" }: ReductionOption = {}): Tensor => {
    const who = "multiLabelMarginLoss";
    const scale = reduction === "mean" ? 1 / (input.shape[0] || 1) : 1;
    using targets = integers(who, input, given, input.shape, "i32");
    const { times, ...made } = run(multiLabelMargin, { x: input, targets }, { scale });
    times.dispose();
    return lossOfRows(who, input, made, reduction);
  },
);
