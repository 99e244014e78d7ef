import { ShapeError } from "../core/errors.ts";
import { finite, integer } from "../core/kinds.ts";
import { sameShape, show } from "../core/shape.ts";
import { checked, options } from "../core/signature.ts";
import { crossEntropy as fused } from "../kernels/loss/cross_entropy.ts";
import { softCrossEntropy } from "../kernels/loss/soft_cross_entropy.ts";
import { isTensor, tensorKind } from "../tensor/kinds.ts";
import { onAdapter, run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type ClassLossOptions, lossOfClasses, lossOfRows } from "./class_rows.ts";
import { IGNORED, type Labels, labelsKind } from "./labels.ts";
import { reductionKind } from "./reduction.ts";

/**
 * Options of `crossEntropy`. The mean divides by the weights of the labels or, if the target holds probabilities, by the
 * number of rows.
 */
export interface CrossEntropyOptions extends ClassLossOptions {
  /** ε in [0, 1]: the part of the target that is spread evenly over the classes. Default 0. */
  readonly labelSmoothing?: number;
}

export const crossEntropyOptions = /* @__PURE__ */ options<CrossEntropyOptions>({
  weight: tensorKind,
  ignoreIndex: integer,
  labelSmoothing: finite,
  reduction: reductionKind,
});

/**
 * Cross-entropy of logits [N, C, d…] and class labels [N, d…], PyTorch's equations (`torch.nn.functional.cross_entropy`).
 * One kernel computes the loss and its gradient. Labels known on the host are checked against the classes before anything
 * is queued; other labels out of range give NaN. The mean is NaN if all labels are ignored, as in PyTorch. An f32 tensor of
 * the logits' shape is a target of probabilities; it has no gradient and no `ignoreIndex`.
 *
 * Throws `ShapeError` for shapes that do not fit or an empty batch, `ValueError` for a label out of range.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { crossEntropy } from "wgrad/loss";
 * const logits = tensor([[0, 0], [5, -5]]);
 * console.log(await crossEntropy(logits, [1, 0]).item()); // 0.3466
 * ```
 */
export const crossEntropy = /* @__PURE__ */ checked(
  "crossEntropy",
  { logits: tensorKind, target: labelsKind, options: crossEntropyOptions },
  (logits: Tensor, target: Labels, given: CrossEntropyOptions = {}): Tensor =>
    isTensor(target) && (target.dtype === "f32" || target.dtype === "f16")
      ? soft(logits, target, given)
      : hard(logits, target, given),
);

function hard(logits: Tensor, target: Labels, options: CrossEntropyOptions): Tensor {
  const { labelSmoothing = 0, reduction = "mean" } = options;
  return lossOfClasses("crossEntropy", logits, target, {
    options,
    ignoreIndex: options.ignoreIndex ?? IGNORED,
    byWeight: true,
    queue: (given, ignored) =>
      run(
        fused,
        { logits, ...given },
        { ...ignored, labelSmoothing, reduction, ...onAdapter(logits) },
      ),
  });
}

/** Cross-entropy with probabilities as targets: a mean divides by the number of rows, regardless of weights, as in PyTorch. */
function soft(
  logits: Tensor,
  targets: Tensor,
  { weight, labelSmoothing = 0, reduction = "mean", ignoreIndex = IGNORED }: CrossEntropyOptions,
): Tensor {
  if (!sameShape(logits.shape, targets.shape) || ignoreIndex >= 0) {
    throw new ShapeError(
      `crossEntropy: expected probabilities ${show(logits.shape)} and no ignoreIndex, got f32 ${show(targets.shape)}; ` +
        'labels are a tensor with { dtype: "u32" }, or integers',
    );
  }
  const rows = logits.size / (logits.shape[1] || 1);
  const scale = reduction === "mean" ? 1 / rows : 1;
  const made = run(
    softCrossEntropy,
    { logits, targets, weight },
    { labelSmoothing, scale, ...onAdapter(logits) },
  );
  return lossOfRows("crossEntropy", logits, made, reduction);
}
