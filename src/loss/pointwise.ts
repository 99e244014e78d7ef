import { differentiable } from "../autograd/node.ts";
import { ShapeError } from "../core/errors.ts";
import { sameShape, show, size } from "../core/shape.ts";
import { type PointwiseOptions, repetition } from "../kernels/loss/elements.ts";
import { pointwiseLoss as pointwise } from "../kernels/loss/pointwise.ts";
import {
  type LossOperand,
  pointwiseLossGrad as pointwiseGrad,
} from "../kernels/loss/pointwise_grad.ts";
import { pointwiseLossSum as pointwiseSum } from "../kernels/loss/pointwise_sum.ts";
import { expand } from "../ops/shape/shape.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Reduction, scalar, sumOfPieces } from "./reduction.ts";

/** Operands of an elementwise loss. */
interface Operands {
  readonly x: Tensor;
  readonly t: Tensor;
  /** Broadcasts to x. */
  readonly v?: Tensor | undefined;
  /** Broadcasts to x; has no gradient. */
  readonly weight?: Tensor | undefined;
}

interface PointwiseCall extends PointwiseOptions {
  readonly reduction?: Reduction | undefined;
  /** Operands that have a gradient; default x alone. */
  readonly grads?: readonly LossOperand[];
  /** Divisor of a mean; default the number of elements. */
  readonly count?: number;
}

/**
 * An elementwise loss: one dispatch forward for up to 4096 elements, two up to 16 Mi, since sums are computed without
 * writing the losses; one more dispatch for the gradient of each operand, which is recomputed from the operands.
 */
export function lossOfElements(who: string, operands: Operands, call: PointwiseCall): Tensor {
  const { reduction = "mean", grads = ["x"], count = operands.x.size, ...options } = call;
  checkFit(who, operands);
  const { x, t } = operands;
  const v = fitted(operands.v, x, grads.includes("v"));
  const weight = fitted(operands.weight, x, false);
  const given = { x, t, v, weight };
  const scale = reduction === "mean" ? 1 / count : 1;
  const value =
    reduction === "none"
      ? run(pointwise, given, options).y
      : scalar(sumOfPieces(run(pointwiseSum, given, { ...options, scale }).y));
  const inputs = Object.fromEntries(grads.map((of) => [of, given[of]]));
  const saved = { x, t, ...(v && { v }), ...(weight && { weight }) };
  const result = differentiable(who, inputs, value, saved, (dy, kept, slots) => {
    for (const of of grads) {
      const slot = slots[of];
      if (!slot) continue;
      const all = { ...options, scale, of };
      slot.add(run(pointwiseGrad, { dy, ...kept }, all, { dop: slot.into }).dop);
    }
  });
  if (v !== operands.v) v?.dispose();
  if (weight !== operands.weight) weight?.dispose();
  return result;
}

/** Throws `ShapeError` unless x and t have one shape with at least one element. */
function checkFit(who: string, { x, t }: Operands): void {
  if (!sameShape(x.shape, t.shape)) {
    throw new ShapeError(
      `${who}: expected a target of the input's shape ${show(x.shape)}, got ${show(t.shape)}; reshape or expand one of them`,
    );
  }
  if (size(x.shape) === 0) {
    throw new ShapeError(
      `${who}: expected at least one element, got ${show(x.shape)}; skip empty batches`,
    );
  }
}

/** Returns a small operand unchanged if the kernels can repeat it, else expanded to x. */
function fitted(small: Tensor | undefined, x: Tensor, whole: boolean): Tensor | undefined {
  if (!small) return undefined;
  if (whole ? sameShape(small.shape, x.shape) : repetition(small.shape, x.shape)) return small;
  return expand(small, x.shape);
}
