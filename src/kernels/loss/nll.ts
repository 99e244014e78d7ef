import shader from "#shaders/loss/nll.wgsl";
import { number } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";
import {
  type ClassRowOptions,
  classRowsPlan,
  filled,
  forEachClassRow,
  labelsFor,
  weightsFor,
} from "./class_rows.ts";
import { times } from "./labels.ts";

/**
 * Negative log-likelihood of log-probabilities [N, C, d…] for u32 labels [N, d…], with its gradient: `loss` [N, d…] is
 * −w[label]·x[label] of every row, `dlogits` its gradient times scale / denominator. Ignored rows give 0, a label out of
 * range gives NaN. Throws `ShapeError` for shapes that do not fit or an empty batch, `ValueError` for an `ignoreIndex` that
 * is not a u32.
 */
export const nll = kernel(shader, ({ logp, ...others }, options: ClassRowOptions) => {
  const { params, ...rest } = classRowsPlan("loss/nll", { x: logp, ...others }, options);
  const [, cols = 1, ...positions] = logp;
  return {
    ...rest,
    params: { ...params, count: size(logp), cols, inner: size(positions) },
    grid: grid256(size(logp)),
  };
});

export const kinds = () => ({ ignoreIndex: number, scale: number });

export const reference: Reference<typeof nll> = ({ logp, ...others }, options) => {
  const loss = new Float64Array(others.labels.data.length);
  const dlogits = new Float64Array(logp.data.length);
  forEachClassRow(others, logp.shape, options, ({ row, at, label, ignored, weight, scale }) => {
    if (ignored) return;
    const target = at[label];
    loss[row] = target === undefined ? NaN : -times(weight, logp.data[target] as number);
    at.forEach((i, k) => {
      dlogits[i] = k === label || Number.isNaN(weight) ? -weight * scale : 0;
    });
  });
  return { loss, dlogits };
};

const shape = [3, 5, 2, 7];

export const cases: Case<typeof nll>[] = [
  { name: "one class, one row", inputs: { logp: [1, 1], labels: labelsFor([1, 1]) }, options: {} },
  {
    name: "10 classes",
    inputs: { logp: [67, 10], labels: labelsFor([67, 10]) },
    options: { scale: 1 / 67 },
  },
  {
    name: "weights, ignored rows, a denominator",
    inputs: {
      logp: shape,
      labels: labelsFor(shape, 9, 4),
      weight: weightsFor(5),
      denominator: filled(12.5),
    },
    options: { ignoreIndex: 9 },
  },
  {
    name: "an ignored class",
    inputs: { logp: shape, labels: labelsFor(shape) },
    options: { ignoreIndex: 0 },
  },
  {
    name: "all ignored, a denominator of 0: gradient 0",
    inputs: { logp: [4, 3], labels: labelsFor([4, 3], 9, 1), denominator: filled(0) },
    options: { ignoreIndex: 9 },
  },
  {
    name: "labels that are no class, by one and by far",
    inputs: { logp: [9, 4], labels: { shape: [9], fill: (i) => [4, 0xffffffff, 3][i % 3] ?? 0 } },
    options: {},
  },
  {
    name: "safety: −∞ at a label whose class weighs nothing",
    inputs: {
      logp: { shape: [3, 3], fill: (i: number) => (i % 3 === 1 ? -Infinity : -1 - (i % 3)) },
      labels: { shape: [3], fill: (i: number) => i },
      weight: { shape: [3], fill: (k: number) => (k === 1 ? 0 : 0.5) },
    },
    options: {},
  },
  {
    name: "safety: logarithms of −1e4, −∞ and NaN stay in their rows",
    inputs: {
      logp: { shape: [4, 3], fill: (i) => ({ 1: -1e4, 4: -Infinity, 7: NaN })[i] ?? -1 },
      labels: { shape: [4], fill: () => 1 },
    },
    options: {},
  },
];
