import shader from "#shaders/loss/focal_softmax.wgsl";
import { ValueError } from "../../core/errors.ts";
import { boolean, number, required } from "../../core/kinds.ts";
import type { Shape } from "../../core/shape.ts";
import type { Coarse } from "../coarse.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { logProbability, rowPlan, rowsAlong } from "../softmax/rows.ts";
import {
  type ClassRowOptions,
  classRowsPlan,
  filled,
  forEachClassRow,
  labelsFor,
  weightsFor,
} from "./class_rows.ts";
import { times } from "./labels.ts";

export interface FocalSoftmaxOptions extends ClassRowOptions, Coarse {
  /** γ ≥ 0: how strongly easy rows are down-weighted; 0 is cross-entropy. */
  readonly gamma: number;
}

const WHO = "loss/focal_softmax";

/**
 * Focal loss of logits [N, C, d…] with u32 labels [N, d…], with its gradient: `loss` [N, d…] is −w[t]·(1 − p[t])^γ·log p[t]
 * of every row, `dlogits` its gradient times scale / denominator (Lin et al., "Focal loss for dense object detection",
 * 2017, with softmax for p). Ignored rows give 0, a label out of range gives NaN. Throws `ShapeError` for shapes that do
 * not fit or an empty batch, `ValueError` for a negative γ or an `ignoreIndex` that is not a u32.
 */
export const focalSoftmax = kernel(
  shader,
  ({ logits, ...others }, options: FocalSoftmaxOptions) => {
    const { gamma } = options;
    if (!(gamma >= 0 && gamma < Infinity)) {
      throw new ValueError(`${WHO}: expected gamma ≥ 0, got ${gamma}; 2 is usual`);
    }
    const { params, ...rest } = classRowsPlan(WHO, { x: logits, ...others }, options);
    const { params: rows, ...spread } = rowPlan(rowsAlong(WHO, logits, { axis: 1 }), options);
    return { ...rest, ...spread, params: { ...params, ...rows, gamma } };
  },
);

export const kinds = () => ({
  gamma: required(number),
  ignoreIndex: number,
  scale: number,
  coarse: boolean,
});

export const reference: Reference<typeof focalSoftmax> = ({ logits, ...others }, options) => {
  const { gamma } = options;
  const loss = new Float64Array(others.labels.data.length);
  const dlogits = new Float64Array(logits.data.length);
  forEachClassRow(others, logits.shape, options, ({ row, at, label, ignored, weight, scale }) => {
    if (ignored) return;
    const logp = logProbability(logits.data, at);
    const logs = at.map((i) => logp(logits.data[i] as number));
    const truth = logs[label] ?? NaN;
    const q = logs.reduce((sum, value, k) => (k === label ? sum : sum + Math.exp(value)), 0);
    // the difference would lose digits that q keeps if the label is likely
    const own = q < 0.5 ? Math.log1p(-q) : truth;
    const power = weight * q ** gamma;
    const ease = q === 0 || truth === -Infinity ? 0 : (gamma * Math.exp(truth) * own) / q;
    loss[row] = -times(power, own);
    at.forEach((i, k) => {
      const pull = k === label ? -q : Math.exp(logs[k] as number);
      dlogits[i] = power * (1 - ease) * pull * scale;
    });
  });
  return { loss, dlogits };
};

const plain = (
  name: string,
  logits: Shape,
  options: FocalSoftmaxOptions,
): Case<typeof focalSoftmax> => ({
  name,
  inputs: { logits, labels: labelsFor(logits) },
  options,
  tolerance: { length: 4 },
});

export const cases: Case<typeof focalSoftmax>[] = [
  plain("one class, one row: sure", [1, 1], { gamma: 2 }),
  plain("10 classes, a lane a row", [67, 10], { gamma: 2, scale: 1 / 67 }),
  plain("coarse: a lane a row of 33", [130, 33], { gamma: 2, coarse: true }),
  plain("17 classes, γ 0: cross-entropy", [5, 17], { gamma: 0 }),
  plain("257 classes, γ 0.5", [3, 257], { gamma: 0.5 }),
  plain("a class map, γ 5", [2, 6, 3, 5], { gamma: 5 }),
  {
    name: "weights, ignored rows, a denominator",
    inputs: {
      logits: [3, 12, 7],
      labels: labelsFor([3, 12, 7], 255, 4),
      weight: weightsFor(12),
      denominator: filled(31.25),
    },
    options: { gamma: 1.5, ignoreIndex: 255 },
    tolerance: { length: 4 },
  },
  {
    name: "labels that are no class, by one and by far",
    inputs: {
      logits: [9, 20],
      labels: { shape: [9], fill: (i) => [20, 0xffffffff, 19][i % 3] ?? 0 },
    },
    options: { gamma: 2 },
    tolerance: { length: 4 },
  },
  ...[0, 0.5, 2].map((gamma) => ({
    name: `safety: logits ±1e4, sure and wrong, γ ${gamma}`,
    inputs: {
      logits: { shape: [5, 5], fill: (i: number) => [1e4, -1e4, 9999, 0, 1e4 - 20][i % 5] ?? 0 },
      labels: { shape: [5], fill: (i: number) => i },
    },
    options: { gamma },
  })),
  {
    name: "safety: −∞ at a label whose class weighs nothing",
    inputs: {
      logits: { shape: [3, 3], fill: (i: number) => (i % 3 === 1 ? -Infinity : -1 - (i % 3)) },
      labels: { shape: [3], fill: (i: number) => i },
      weight: { shape: [3], fill: (k: number) => (k === 1 ? 0 : 0.5) },
    },
    options: { gamma: 2 },
  },
  {
    name: "safety: sure to 1e-20, and NaN and infinities in their rows",
    inputs: {
      logits: {
        shape: [5, 4],
        fill: (i) => ({ 1: 46, 6: NaN, 8: Infinity, 13: -Infinity, 16: -Infinity })[i] ?? i % 3,
      },
      labels: { shape: [5], fill: () => 1 },
    },
    options: { gamma: 2 },
    tolerance: { length: 4 },
  },
];
