import { ShapeError } from "../core/errors.ts";
import { sameShape, show } from "../core/shape.ts";
import { crossEntropy as fused } from "../kernels/loss/cross_entropy.ts";
import { softCrossEntropy } from "../kernels/loss/soft_cross_entropy.ts";
import { onAdapter, run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type ClassLossOptions, lossOfClasses, lossOfRows } from "./class_rows.ts";
import type { Labels } from "./labels.ts";
import { checkReduction } from "./reduction.ts";

/** The mean divides by the weights of the labels, or by the number of rows where the target holds probabilities. */
export interface CrossEntropyOptions extends ClassLossOptions {
  /** ε in [0, 1]: how much of the target is spread evenly over the classes. Default 0. */
  readonly labelSmoothing?: number;
}

/**
 * Cross-entropy of logits [N, C, d…] and class labels [N, d…], PyTorch's equations (`torch.nn.functional.cross_entropy`).
 * One kernel gives the loss and its gradient. Labels are a u32 tensor or plain integers; labels the host knows are
 * checked against the classes before anything is queued, others give NaN. An f32 tensor of the logits' shape is a target
 * of probabilities; it has no gradient and no `ignoreIndex`.
 *
 * Throws `ShapeError` for shapes that do not fit or an empty batch, `ValueError` for a label out of range.
 */
export function crossEntropy(
  logits: Tensor,
  target: Labels,
  options: CrossEntropyOptions = {},
): Tensor {
  if ("storage" in target && target.dtype === "f32") return soft(logits, target, options);
  const { labelSmoothing = 0, ignoreIndex, reduction = "mean" } = options;
  const ignored = ignoreIndex === undefined ? {} : { ignoreIndex };
  return lossOfClasses("crossEntropy", logits, target, {
    options,
    byWeight: true,
    queue: (given) =>
      run(
        fused,
        { logits, ...given },
        { ...ignored, labelSmoothing, reduction, ...onAdapter(logits) },
      ),
  });
}

/** Targets are probabilities: a mean divides by the rows, whatever their weights, as in PyTorch. */
function soft(
  logits: Tensor,
  targets: Tensor,
  { weight, labelSmoothing = 0, reduction = "mean", ignoreIndex }: CrossEntropyOptions,
): Tensor {
  checkReduction("crossEntropy", reduction);
  if (!sameShape(logits.shape, targets.shape) || ignoreIndex !== undefined) {
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
