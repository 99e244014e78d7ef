import shader from "#shaders/loss/soft_cross_entropy.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { boolean, number } from "../../core/kinds.ts";
import { type Shape, sameShape, show, size } from "../../core/shape.ts";
import type { Coarse } from "../coarse.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { forEachRow, logProbability, rowPlan, rowsAlong } from "../softmax/rows.ts";
import { type ScaleOption, weightsFor } from "./class_rows.ts";
import { checkOptional, checkSmoothing, labelShape } from "./labels.ts";

export interface SoftCrossEntropyOptions extends ScaleOption, Coarse {
  /** ε in [0, 1]: the part of the target that is spread evenly over the classes; default 0. */
  readonly labelSmoothing?: number;
}

const WHO = "loss/soft_cross_entropy";

/**
 * Cross-entropy of logits [N, C, d…] with targets given as probabilities of the same shape, with its gradient: `loss` [N,
 * d…] is −Σ_k w[k]·t[k]·log p[k] of every row, `dlogits` its gradient times `scale`. A class with target 0 adds nothing,
 * even at a logit of −∞. Throws `ShapeError` for shapes that do not fit or an empty batch, `ValueError` for a smoothing
 * outside [0, 1].
 */
export const softCrossEntropy = kernel(
  shader,
  ({ logits, targets, weight }, options: SoftCrossEntropyOptions) => {
    const { labelSmoothing = 0, scale = 1 } = options;
    const loss = labelShape(WHO, logits);
    if (!sameShape(logits, targets)) {
      throw new ShapeError(
        `${WHO}: expected targets ${show(logits)} as the logits, got ${show(targets)}; give a probability a class`,
      );
    }
    checkOptional(WHO, "weight", weight, [logits[1] as number]);
    checkSmoothing(WHO, labelSmoothing);
    const { params, ...rest } = rowPlan(rowsAlong(WHO, logits, { axis: 1 }), options);
    return {
      outputs: { loss, dlogits: logits },
      params: { ...params, smoothing: labelSmoothing, scale },
      ...rest,
      slots: { class_weight: weight ? "given" : "none" },
      flops: 10 * size(logits),
    };
  },
);

export const kinds = () => ({ labelSmoothing: number, scale: number, coarse: boolean });

export const reference: Reference<typeof softCrossEntropy> = (inputs, options) => {
  const { logits, targets, weight } = inputs;
  const { labelSmoothing = 0, scale = 1 } = options;
  const rows = rowsAlong(WHO, logits.shape, { axis: 1 });
  const loss = new Float64Array(rows.rows);
  const dlogits = new Float64Array(logits.data.length);
  let n = 0;
  forEachRow(rows, (row) => {
    const logp = logProbability(logits.data, row);
    const wanted = row.map((i, k) => {
      const w = weight ? (weight.data[k] as number) : 1;
      return w * ((1 - labelSmoothing) * (targets.data[i] as number) + labelSmoothing / rows.cols);
    });
    const all = wanted.reduce((sum, q) => sum + q, 0);
    const poisoned = row.some((i) => Number.isNaN(logp(logits.data[i] as number)));
    let sum = 0;
    row.forEach((i, k) => {
      const value = logp(logits.data[i] as number);
      const q = wanted[k] as number;
      if (q !== 0) sum -= q * value;
      dlogits[i] = (Math.exp(value) * all - q) * scale;
    });
    loss[n++] = poisoned ? NaN : sum;
  });
  return { loss, dlogits };
};

/** Rows of numbers ≥ 0, some of them 0, that add up to about 1. */
const targetsFor = (shape: Shape) => ({
  shape,
  fill: (i: number, random: () => number) => (i % 4 === 1 ? 0 : (2 * random()) / (shape[1] ?? 1)),
});

const plain = (
  name: string,
  logits: Shape,
  options: SoftCrossEntropyOptions = {},
  weighted = false,
): Case<typeof softCrossEntropy> => ({
  name,
  inputs: {
    logits,
    targets: targetsFor(logits),
    ...(weighted && { weight: weightsFor(logits[1] ?? 1) }),
  },
  options,
  tolerance: { length: logits[1] ?? 1 },
});

export const cases: Case<typeof softCrossEntropy>[] = [
  plain("one class, one row", [1, 1]),
  plain("10 classes, a lane a row", [67, 10], { scale: 1 / 67 }),
  plain("coarse: a lane a row of 33", [130, 33], { labelSmoothing: 0.1, coarse: true }),
  plain("17 classes", [5, 17], { labelSmoothing: 0.25 }),
  plain("257 classes, weights, smoothing", [3, 257], { labelSmoothing: 0.1, scale: 2 }, true),
  plain("a class map, weights", [2, 6, 3, 5], {}, true),
  plain("smoothing 1", [4, 5], { labelSmoothing: 1 }),
  {
    name: "safety: logits ±1e4",
    inputs: {
      logits: { shape: [4, 5], fill: (i) => [1e4, -1e4, 9999, 0, 1e4 - 2][i % 5] ?? 0 },
      targets: targetsFor([4, 5]),
    },
    options: {},
  },
  {
    name: "safety: NaN and infinities stay in their rows, −∞ without target adds nothing",
    inputs: {
      logits: {
        shape: [5, 4],
        fill: (i) => ({ 1: -Infinity, 6: NaN, 8: Infinity, 12: -Infinity })[i] ?? i % 3,
      },
      targets: { shape: [5, 4], fill: (i) => (i % 4 === 1 ? 0 : 0.25) },
    },
    options: {},
  },
  {
    name: "safety: NaN among the targets",
    inputs: { logits: [3, 4], targets: { shape: [3, 4], fill: (i) => (i === 5 ? NaN : 0.25) } },
    options: {},
  },
];
