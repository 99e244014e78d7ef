import { ValueError } from "../core/errors.ts";
import { count, integer } from "../core/kinds.ts";
import { checked, options } from "../core/signature.ts";
import { labelShape } from "../kernels/loss/labels.ts";
import { topKHits } from "../kernels/loss/top_k_hits.ts";
import { IGNORED, type Labels, labelRows, labelsKind, labelWeights } from "../loss/labels.ts";
import { reduced } from "../loss/reduction.ts";
import { tensorKind } from "../tensor/kinds.ts";
import { onAdapter, run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Options of `accuracy`. */
export interface AccuracyOptions {
  /** A row is correct if its label is among this many largest logits, 1..C. Default 1. */
  readonly topk?: number;
  /** The label of elements to ignore. Default −100, as for the losses. */
  readonly ignoreIndex?: number;
}

/**
 * The fraction of labels [N, d…] that are among the `topk` largest logits (or probabilities) of their row of [N, C, d…]: a
 * scalar in [0, 1] on the GPU, without a gradient. Nothing waits until it is read; it can be summed over batches, or
 * returned from a captured step. Of equal logits the one of the earlier class counts as larger, and NaN as the largest, so
 * that `topk: 1` tests whether the label is the `argmax`.
 *
 * Labels are as for `crossEntropy`: labels known on the host are checked, other labels out of range give NaN, and so does a
 * batch in which all labels are ignored. Throws `ShapeError` for shapes that do not fit or an empty batch, `ValueError` for
 * a label out of range or a `topk` above C.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { accuracy } from "wgrad/train";
 * console.log(await accuracy(tensor([[0, 1], [1, 0]]), [1, 1]).item()); // 0.5
 * ```
 */
export const accuracy = /* @__PURE__ */ checked(
  "accuracy",
  {
    logits: tensorKind,
    labels: labelsKind,
    options: /* @__PURE__ */ options<AccuracyOptions>({ topk: count, ignoreIndex: integer }),
  },
  (logits: Tensor, labels: Labels, given: AccuracyOptions = {}): Tensor => {
    const { topk: k = 1, ignoreIndex = IGNORED } = given;
    const shape = labelShape("accuracy", logits.shape);
    const classes = logits.shape[1] ?? 0;
    if (k > classes) {
      throw new ValueError(
        `accuracy: expected topk in 1..${classes} for ${classes} classes, got ${k}; choose a smaller one`,
      );
    }
    const rows = labelRows("accuracy", logits, labels, { shape, classes, ignoreIndex });
    using target = rows.labels;
    const { hits } = run(
      topKHits,
      { logits, labels: target },
      { ...rows.ignored, k, ...onAdapter(logits) },
    );
    using denominator =
      rows.ignored.ignoreIndex === undefined ? undefined : labelWeights(rows, classes);
    return reduced(hits, "mean", denominator);
  },
);
