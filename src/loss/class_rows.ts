import { differentiable, isOne } from "../autograd/node.ts";
import { labelShape } from "../kernels/loss/labels.ts";
import { scaleGrad } from "../kernels/loss/scale_grad.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type LabelRows, type Labels, labelRows, labelWeights } from "./labels.ts";
import { type Reduction, type ReductionOption, reduced } from "./reduction.ts";

/** Options of losses of rows with one class label each. */
export interface ClassLossOptions extends ReductionOption {
  /** Weight of every class, [C]. */
  readonly weight?: Tensor | undefined;
  /** The label of elements to ignore: they add 0 to the loss, and a mean does not count them. Default −100. */
  readonly ignoreIndex?: number | undefined;
}

/** Outputs of a kernel of this family: every row's loss, and the gradient of the reduced loss. */
interface RowLosses {
  readonly loss: Tensor;
  readonly dlogits: Tensor;
}

interface ClassLossCall {
  readonly options: ClassLossOptions;
  /** Label of elements to ignore; undefined for a loss without this option. */
  readonly ignoreIndex?: number;
  /** Whether a mean divides by the weights of the labels, rather than by their number. */
  readonly byWeight: boolean;
  /** Queues the kernel; `scale` is the factor of the gradient besides 1 / denominator. */
  queue(
    given: { labels: Tensor; weight: Tensor | undefined; denominator: Tensor | undefined },
    ignored: LabelRows["ignored"],
    scale: number,
  ): RowLosses;
}

/** A loss of x [N, C, d…] with labels [N, d…] whose kernel also computes the gradient: at most four dispatches. */
export function lossOfClasses(who: string, x: Tensor, labels: Labels, call: ClassLossCall): Tensor {
  const { weight, reduction = "mean" } = call.options;
  const shape = labelShape(who, x.shape);
  const classes = x.shape[1] ?? 0;
  const rows = labelRows(who, x, labels, { shape, classes, ignoreIndex: call.ignoreIndex });
  using target = rows.labels;
  const counted = rows.ignored.ignoreIndex !== undefined || (call.byWeight && weight !== undefined);
  using denominator =
    reduction === "mean" && counted
      ? labelWeights(rows, classes, call.byWeight ? weight : undefined)
      : undefined;
  const scale = reduction === "mean" && !denominator ? 1 / target.size : 1;
  const made = call.queue({ labels: target, weight, denominator }, rows.ignored, scale);
  return lossOfRows(who, x, made, reduction, denominator);
}

/**
 * The reduced loss of rows of x, and its backward: one dispatch, or none if the backward pass starts from this loss. Takes
 * ownership of the kernel's outputs.
 */
export function lossOfRows(
  who: string,
  x: Tensor,
  { loss, dlogits }: RowLosses,
  reduction: Reduction,
  denominator?: Tensor,
): Tensor {
  const value = reduced(loss, reduction, denominator);
  const result = differentiable(who, { x }, value, { dlogits }, (dy, saved, grads) => {
    if (isOne(dy)) return grads.x?.add(saved.dlogits.detach());
    const inputs = { dlogits: saved.dlogits, upstream: dy };
    grads.x?.add(run(scaleGrad, inputs, {}, { dx: grads.x.into }).dx);
  });
  dlogits.dispose();
  return result;
}
