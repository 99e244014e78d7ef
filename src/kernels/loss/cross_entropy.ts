import shader from "#shaders/loss/cross_entropy.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { boolean, number, oneOf } from "../../core/kinds.ts";
import { type Shape, sameShape, show, size } from "../../core/shape.ts";
import type { Coarse } from "../coarse.ts";
import { kernel, type Reference } from "../kernel.ts";
import { forEachRow, logProbability, rowPlan, rowsAlong } from "../softmax/rows.ts";
import {
  checkOptional,
  checkSmoothing,
  type IgnoreOption,
  ignoreParams,
  labelShape,
  times,
} from "./labels.ts";

export interface CrossEntropyKernelOptions extends IgnoreOption, Coarse {
  /** ε in [0, 1]: the part of the target that is spread evenly over the classes; default 0. */
  readonly labelSmoothing?: number;
  /** The loss whose gradient dlogits is: the mean (default), the sum, or each element's own loss. */
  readonly reduction?: "mean" | "sum" | "none";
}

const WHO = "loss/cross_entropy";

/**
 * Cross-entropy of logits [N, C, d…] with u32 labels [N, d…], fused with its gradient; the equations of PyTorch's
 * `cross_entropy`, smoothing and class weights [C] included (Szegedy et al., "Rethinking the Inception architecture", 2016,
 * for the smoothing).
 *
 * Writes `loss` [N, d…], every element's own loss for any reduction, and `dlogits`, the gradient of the reduced loss. The
 * reduced loss is `lossTotal` of `loss`. A mean divides by Σ w[label] over the labels not ignored: with weights or
 * `ignoreIndex` that is `denominator` [1], computed by `crossEntropyWeight`; without them it is the number of labels.
 * Ignored elements give 0; a label out of range gives NaN in its own row. If all labels are ignored the mean is NaN (0 / 0,
 * as in PyTorch) and its gradient 0.
 *
 * Throws `ShapeError` for shapes that do not fit, an empty batch or a missing denominator; `ValueError` for a smoothing
 * outside [0, 1] or an `ignoreIndex` that is not a u32.
 */
export const crossEntropy = kernel(
  shader,
  ({ logits, labels, weight, denominator }, options: CrossEntropyKernelOptions) => {
    const { labelSmoothing = 0, reduction = "mean" } = options;
    const loss = labelShape(WHO, logits);
    const ignore = ignoreParams(WHO, options);
    checkShapes(logits, labels, weight);
    checkDenominator(denominator, reduction, weight !== undefined || ignore.ignoring === 1);
    checkSmoothing(WHO, labelSmoothing);
    const { params, ...rest } = rowPlan(rowsAlong(WHO, logits, { axis: 1 }), options);
    const scale = reduction === "mean" && !denominator ? 1 / size(loss) : 1;
    return {
      outputs: { loss, dlogits: logits },
      params: { ...params, ...ignore, smoothing: labelSmoothing, scale },
      ...rest,
      slots: {
        class_weight: weight ? "given" : "none",
        denominator: denominator ? "given" : "none",
      },
      flops: 8 * size(logits),
    };
  },
);

export const kinds = () => ({
  labelSmoothing: number,
  reduction: oneOf("none", "sum", "mean"),
  ignoreIndex: number,
  coarse: boolean,
});

function checkShapes(logits: Shape, labels: Shape, weight: Shape | undefined): void {
  const expected = labelShape(WHO, logits);
  if (!sameShape(labels, expected)) {
    throw new ShapeError(
      `${WHO}: expected labels ${show(expected)} for logits ${show(logits)}, got ${show(labels)}; ` +
        "axis 1 of the logits holds the classes",
    );
  }
  checkOptional(WHO, "weight", weight, [logits[1] as number]);
}

function checkDenominator(given: Shape | undefined, reduction: string, needed: boolean): void {
  checkOptional(WHO, "denominator", given, [1]);
  if (reduction === "mean" && needed && !given) {
    throw new ShapeError(
      `${WHO}: expected denominator [1] for a mean with weights or ignoreIndex, got none; ` +
        "make it with loss/cross_entropy_weight",
    );
  }
  if (reduction !== "mean" && given) {
    throw new ShapeError(
      `${WHO}: expected no denominator for reduction '${reduction}', got one; leave it out`,
    );
  }
}

export const reference: Reference<typeof crossEntropy> = (inputs, options) => {
  const { logits, labels, weight, denominator } = inputs;
  const { labelSmoothing = 0, reduction = "mean", ignoreIndex } = options;
  const rows = rowsAlong(WHO, logits.shape, { axis: 1 });
  const loss = new Float64Array(rows.rows);
  const dlogits = new Float64Array(logits.data.length);
  const w = (k: number) => (weight ? (weight.data[k] as number) : 1);
  const mean = reduction === "mean" ? (denominator?.data[0] ?? rows.rows) : 1;
  let n = 0;
  forEachRow(rows, (row) => {
    const at = n++;
    const t = labels.data[at] as number;
    if (t === ignoreIndex) return;
    const logp = logProbability(logits.data, row);
    const logps = row.map((i) => logp(logits.data[i] as number));
    const known = t < rows.cols ? 1 : NaN;
    const hard = (1 - labelSmoothing) * (known * w(t));
    const soft = labelSmoothing / rows.cols;
    loss[at] = -times(hard, logps[t] ?? NaN);
    const even = logps.reduce((sum, value, k) => sum - times(w(k), value), 0);
    const all = logps.reduce((sum, _, k) => sum + w(k), 0);
    if (soft > 0) loss[at] = (loss[at] as number) + soft * even;
    row.forEach((i, k) => {
      const p = Math.exp(logps[k] as number);
      dlogits[i] = (hard * (p - (k === t ? 1 : 0)) + soft * (all * p - w(k))) / (mean || NaN);
    });
  });
  return { loss, dlogits };
};

export { benches, cases } from "./cross_entropy_cases.ts";
