import { focalSoftmax } from "../kernels/loss/focal_softmax.ts";
import { multiLabelMargin } from "../kernels/loss/multi_label_margin.ts";
import { multiMargin } from "../kernels/loss/multi_margin.ts";
import { nll } from "../kernels/loss/nll.ts";
import { onAdapter, run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type ClassLossOptions, lossOfClasses, lossOfRows } from "./class_rows.ts";
import type { Labels } from "./labels.ts";
import { checkNumber, checkReduction, type ReductionOption } from "./reduction.ts";

/**
 * −w[t]·x[t] of logarithms of probabilities x [N, C, d…], as `logSoftmax(…, 1)` gives them, and class labels [N, d…], as
 * `torch.nn.functional.nll_loss`. The mean divides by the weights of the labels that are not ignored. Labels are a u32
 * tensor or plain integers; those the host knows are checked, others give NaN.
 *
 * Throws `ShapeError` for shapes that do not fit or an empty batch, `ValueError` for a label out of range.
 */
export function nllLoss(input: Tensor, labels: Labels, options: ClassLossOptions = {}): Tensor {
  const { ignoreIndex } = options;
  const ignored = ignoreIndex === undefined ? {} : { ignoreIndex };
  return lossOfClasses("nllLoss", input, labels, {
    options,
    byWeight: true,
    queue: (given, scale) => run(nll, { logp: input, ...given }, { ...ignored, scale }),
  });
}

export interface FocalOptions extends ReductionOption {
  /** γ ≥ 0: how much easy rows are played down; 0 is cross-entropy. Default 2. */
  readonly gamma?: number;
  /** α: weight of every class, [C]. A mean still divides by the number of labels that are not ignored. Default: all 1. */
  readonly weight?: Tensor | undefined;
  /** The label of elements to leave out. Default: none. */
  readonly ignoreIndex?: number | undefined;
}

/**
 * Focal loss of logits [N, C, d…] and class labels [N, d…]: −α[t]·(1 − p[t])^γ·ln p[t] with p = softmax (Lin et al., "Focal
 * loss for dense object detection", 2017, for one class of many). Exact at logits of any size. For independent classes,
 * with sigmoids, see `sigmoidFocalLoss`.
 *
 * Throws `ShapeError` for shapes that do not fit or an empty batch, `ValueError` for a label out of range or a negative γ.
 */
export function focalLoss(logits: Tensor, labels: Labels, options: FocalOptions = {}): Tensor {
  const { gamma = 2, ignoreIndex } = options;
  checkNumber("focalLoss", "gamma", gamma, gamma >= 0, "≥ 0");
  const ignored = ignoreIndex === undefined ? {} : { ignoreIndex };
  return lossOfClasses("focalLoss", logits, labels, {
    options,
    byWeight: false,
    queue: (given, scale) =>
      run(focalSoftmax, { logits, ...given }, { ...ignored, gamma, scale, ...onAdapter(logits) }),
  });
}

export interface MultiMarginLossOptions extends ReductionOption {
  /** The power of what is above the margin: 1 or 2. Default 1. */
  readonly p?: 1 | 2;
  /** Default 1. */
  readonly margin?: number;
  /** Weight of every class, [C]. A mean still divides by the number of rows. */
  readonly weight?: Tensor | undefined;
}

/**
 * Multi-class hinge loss of scores x [N, C] and class labels [N]: w[t]/C · Σ_{k≠t} max(0, margin − x[t] + x[k])^p, as
 * `torch.nn.functional.multi_margin_loss`. The derivative at the kink is 0.
 *
 * Throws `ShapeError` for shapes that do not fit or an empty batch, `ValueError` for a label out of range or another p.
 */
export function multiMarginLoss(
  input: Tensor,
  labels: Labels,
  options: MultiMarginLossOptions = {},
): Tensor {
  const { p = 1, margin = 1 } = options;
  checkNumber("multiMarginLoss", "margin", margin, true, "finite");
  return lossOfClasses("multiMarginLoss", input, labels, {
    options,
    byWeight: false,
    queue: ({ labels: known, weight }, scale) =>
      run(multiMargin, { x: input, labels: known, weight }, { p, margin, scale }),
  });
}

/**
 * Hinge loss of scores x [N, C] whose rows have several targets, an i32 tensor [N, C]: classes up to the first −1. With Y a
 * row's targets it is 1/C · Σ_{t∈Y} Σ_{k∉Y} max(0, 1 − x[t] + x[k]), as `torch.nn.functional.multilabel_margin_loss`. A
 * target that is no class gives NaN. The derivative at the kink is 0.
 *
 * Throws `ShapeError` for shapes that do not fit or an empty batch, `ValueError` for targets that are not i32.
 */
export function multiLabelMarginLoss(
  input: Tensor,
  targets: Tensor,
  { reduction = "mean" }: ReductionOption = {},
): Tensor {
  const who = "multiLabelMarginLoss";
  checkReduction(who, reduction);
  const scale = reduction === "mean" ? 1 / (input.shape[0] || 1) : 1;
  const { times, ...made } = run(multiLabelMargin, { x: input, targets }, { scale });
  times.dispose();
  return lossOfRows(who, input, made, reduction);
}
