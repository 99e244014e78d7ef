import { differentiable } from "../autograd/node.ts";
import { ShapeError, ValueError } from "../core/errors.ts";
import { type Shape, show, size } from "../core/shape.ts";
import { crossEntropy as fused } from "../kernels/loss/cross_entropy.ts";
import { crossEntropyWeight } from "../kernels/loss/cross_entropy_weight.ts";
import { labelShape } from "../kernels/loss/labels.ts";
import { scaleGrad } from "../kernels/loss/scale_grad.ts";
import { checkOnReplay } from "../scheduler/recording.ts";
import { tensor } from "../tensor/create.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkReduction, type Reduction, reduced, total } from "./reduction.ts";

export interface CrossEntropyOptions {
  /** Weight of every class, [C]; the mean divides by the weights of the targets. */
  readonly weight?: Tensor | undefined;
  /** ε in [0, 1]: how much of the target is spread evenly over the classes. Default 0. */
  readonly labelSmoothing?: number;
  /** The label of elements to leave out. Default: none. */
  readonly ignoreIndex?: number;
  /** Default "mean". */
  readonly reduction?: Reduction;
}

/**
 * Cross-entropy of logits [N, C, d…] and class labels [N, d…], PyTorch's equations (`torch.nn.functional.cross_entropy`).
 * One kernel gives the loss and its gradient. Labels are a u32 tensor or plain integers; labels the host knows are
 * checked against the classes before anything is queued, others give NaN.
 *
 * Throws `ShapeError` for shapes that do not fit or an empty batch, `ValueError` for a label out of range.
 */
export function crossEntropy(
  logits: Tensor,
  labels: Tensor | readonly number[] | Uint32Array<ArrayBuffer>,
  options: CrossEntropyOptions = {},
): Tensor {
  checkReduction("crossEntropy", options.reduction ?? "mean");
  const expected = labelShape("crossEntropy", logits.shape);
  const classes = logits.shape[1] ?? 0;
  const { ignoreIndex, reduction = "mean", labelSmoothing = 0, weight } = options;
  const ignored = ignoreIndex === undefined ? {} : { ignoreIndex };
  const target = targetOf(logits, labels, expected, ignoreIndex);
  using _own = target === labels ? undefined : target;
  const weighted = weight !== undefined || ignoreIndex !== undefined;
  using denominator =
    reduction === "mean" && weighted
      ? total(labelWeights(target, weight, classes, ignored))
      : undefined;
  const { loss, dlogits } = run(
    fused,
    { logits, labels: target, weight, denominator },
    { ...ignored, labelSmoothing, reduction },
  );
  const value = reduced(loss, reduction, denominator);
  const result = differentiable(
    "crossEntropy",
    { logits },
    value,
    { dlogits },
    (dy, saved, grads) => {
      const inputs = { dlogits: saved.dlogits, upstream: dy };
      grads.logits?.add(run(scaleGrad, inputs, {}, { dx: grads.logits.into }).dx);
    },
  );
  dlogits.dispose();
  return result;
}

/** Labels as a tensor, checked as far as the host knows them. */
function targetOf(
  logits: Tensor,
  labels: Tensor | readonly number[] | Uint32Array<ArrayBuffer>,
  expected: Shape,
  ignoreIndex: number | undefined,
): Tensor {
  const classes = logits.shape[1] ?? 0;
  if ("storage" in labels) {
    const check = () => checkBounds(labels.bounds, classes, ignoreIndex);
    check();
    checkOnReplay(check);
    return labels;
  }
  const wrong = labels.find(
    (label) => label !== ignoreIndex && !(Number.isInteger(label) && label >= 0 && label < classes),
  );
  if (wrong !== undefined) throw outOfRange(classes, wrong);
  if (labels.length !== size(expected)) {
    throw new ShapeError(
      `crossEntropy: expected ${show(expected)} labels for ${show(logits.shape, "logits")}, got ${labels.length}`,
    );
  }
  const data = Uint32Array.from(labels);
  return tensor(data, { shape: expected, engine: logits.engine, name: "labels" });
}

function checkBounds(bounds: Tensor["bounds"], classes: number, ignoreIndex?: number): void {
  if (!bounds) return;
  const wrong = bounds.find((label) => label !== ignoreIndex && !(label >= 0 && label < classes));
  if (wrong !== undefined) throw outOfRange(classes, wrong);
}

const outOfRange = (classes: number, label: number) =>
  new ValueError(
    `crossEntropy: expected labels in 0..${classes - 1} for ${classes} classes, got ${label}; ` +
      "check the labels, or name it as ignoreIndex",
  );

function labelWeights(
  labels: Tensor,
  weight: Tensor | undefined,
  classes: number,
  ignored: { ignoreIndex?: number },
): Tensor {
  return run(crossEntropyWeight, { labels, weight }, { classes, ...ignored }).sums;
}
