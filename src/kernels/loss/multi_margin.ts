import shader from "#shaders/loss/multi_margin.wgsl";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { number } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { slicesFor } from "../slices.ts";
import {
  classRowsPlan,
  forEachClassRow,
  labelsFor,
  type ScaleOption,
  weightsFor,
} from "./class_rows.ts";

export interface MultiMarginOptions extends ScaleOption {
  /** Exponent of the excess over the margin: 1 (default) or 2. */
  readonly p?: 1 | 2;
  /** Margin. Default 1. */
  readonly margin?: number;
}

const WHO = "loss/multi_margin";

/**
 * Multi-class hinge loss of scores x [N, C] with u32 labels [N], with its gradient: `loss` [N] is w[t]/C · Σ_{k≠t} max(0,
 * margin − x[t] + x[k])^p of every row, `dlogits` its gradient times `scale` (Crammer & Singer 2001, as a sum). A label out
 * of range gives NaN. Throws `ShapeError` for shapes that do not fit or an empty batch, `ValueError` for another power.
 */
export const multiMargin = kernel(shader, ({ x, ...others }, options: MultiMarginOptions) => {
  const { p = 1, margin = 1, scale = 1 } = options;
  const [rows = 0, cols = 0] = x;
  if (x.length !== 2) {
    throw new ShapeError(`${WHO}: expected x [N, C], got ${show(x)}; reshape it`);
  }
  if (p !== 1 && p !== 2)
    throw new ValueError(`${WHO}: expected p 1 or 2, got ${p}; 1 is the default`);
  const { outputs, slots, flops } = classRowsPlan(WHO, { x, ...others }, {});
  const { grid, overrides } = slicesFor(rows, cols);
  return {
    outputs,
    params: { rows, cols, margin, scale },
    grid,
    overrides: { ...overrides, SQUARED: p === 2 ? 1 : 0 },
    slots: { class_weight: slots.class_weight },
    flops,
  };
});

export const kinds = () => ({ p: number, margin: number, scale: number });

export const reference: Reference<typeof multiMargin> = ({ x, ...others }, options) => {
  const { p = 1, margin = 1 } = options;
  const loss = new Float64Array(others.labels.data.length);
  const dlogits = new Float64Array(x.data.length);
  forEachClassRow(others, x.shape, options, ({ row, at, label, weight, scale }) => {
    const w = weight / at.length;
    const value = (k: number) => x.data[at[k] as number] as number;
    let sum = 0;
    let slopes = 0;
    at.forEach((i, k) => {
      if (k === label) return;
      const z = margin - value(Math.min(label, at.length - 1)) + value(k);
      const above = z <= 0 ? 0 : z;
      const slope = p === 2 ? 2 * above : Number.isNaN(z) ? NaN : z > 0 ? 1 : 0;
      sum += above ** p;
      slopes += slope;
      dlogits[i] = w * slope * scale;
    });
    loss[row] = w * sum;
    const own = at[label];
    if (own !== undefined) dlogits[own] = -w * slopes * scale;
  });
  return { loss, dlogits };
};

const example = (
  name: string,
  x: readonly number[],
  options: MultiMarginOptions,
  weighted = false,
): Case<typeof multiMargin> => ({
  name,
  inputs: { x, labels: labelsFor(x), ...(weighted && { weight: weightsFor(x[1] ?? 1) }) },
  options,
  tolerance: { length: x[1] ?? 1 },
});

export const cases: Case<typeof multiMargin>[] = [
  example("one class, one row: nothing to lose", [1, 1], {}),
  example("10 classes, a lane a row", [67, 10], { scale: 1 / 67 }),
  example("17 classes, p 2, a margin of 0.5", [5, 17], { p: 2, margin: 0.5 }),
  example("257 classes, weights", [3, 257], { scale: 2 }, true),
  example("20 classes, p 2, weights", [9, 20], { p: 2 }, true),
  {
    name: "scores at the margin have no slope",
    inputs: {
      x: { shape: [4, 3], fill: (i) => [2, 1, 1.5, 0, -1, 2][i % 6] ?? 0 },
      labels: { shape: [4], fill: (i) => (i < 2 ? 0 : 2) },
    },
    options: {},
  },
  {
    name: "labels that are no class, by one and by far",
    inputs: { x: [9, 20], labels: { shape: [9], fill: (i) => [20, 0xffffffff, 19][i % 3] ?? 0 } },
    options: {},
    tolerance: { length: 20 },
  },
  {
    name: "safety: scores of ±1e4 and NaN stay in their rows",
    inputs: {
      x: { shape: [5, 3], fill: (i) => ({ 0: 1e4, 4: -1e4, 6: NaN, 10: NaN })[i] ?? i % 3 },
      labels: { shape: [5], fill: (i) => (i === 1 ? 1 : 0) },
    },
    options: {},
  },
];
