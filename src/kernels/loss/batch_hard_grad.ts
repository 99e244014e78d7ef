import shader from "#shaders/loss/batch_hard_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { boolean, number } from "../../core/kinds.ts";
import { sameShape, show, size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { type BatchHardOptions, batchHardPlan, NO_ROW, ranking } from "./batch_hard_rows.ts";
import type { ScaleOption } from "./class_rows.ts";

const WHO = "loss/batch_hard_grad";

/**
 * Gradient of the embeddings x [N, D] of `batchHard`, from what it wrote and dy, one number or one for every row, times
 * `scale`. Every row sums the contributions of the rows that chose it, in their order. A distance of 0 has no gradient.
 * Throws `ShapeError` for shapes that do not fit.
 */
export const batchHardGrad = kernel(
  shader,
  ({ x, hardest, distances, dy }, options: BatchHardOptions & ScaleOption) => {
    const { params, ...rest } = batchHardPlan(WHO, x, options);
    const { rows } = params;
    if (!sameShape(hardest, [rows, 2]) || !sameShape(distances, [rows, 2])) {
      throw new ShapeError(
        `${WHO}: expected hardest and distances [${rows}, 2], got ${show(hardest)} and ${show(distances)}; pass what loss/batch_hard wrote`,
      );
    }
    if (size(dy) !== 1 && !sameShape(dy, [rows])) {
      throw new ShapeError(
        `${WHO}: expected dy [] or [${rows}], got ${show(dy)}; pass the gradient of the loss`,
      );
    }
    return {
      outputs: { dx: x },
      ...rest,
      params: { ...params, scale: options.scale ?? 1, up_step: size(dy) === 1 ? 0 : 1 },
    };
  },
);

export const kinds = () => ({ margin: number, soft: boolean, scale: number });

export const reference: Reference<typeof batchHardGrad> = (inputs, options) => {
  const { x, hardest, distances, dy } = inputs;
  const [rows = 0, cols = 0] = x.shape;
  const dx = new Float64Array(rows * cols);
  for (let n = 0; n < rows; n++) {
    const [p, q] = [hardest.data[2 * n] as number, hardest.data[2 * n + 1] as number];
    if (q === NO_ROW) continue;
    const [near, far] = [distances.data[2 * n] as number, distances.data[2 * n + 1] as number];
    const upstream = (dy.data[dy.data.length === 1 ? 0 : n] as number) * (options.scale ?? 1);
    const g = upstream * ranking(options).slope(near - far);
    const add = (row: number, k: number, value: number) => {
      dx[row * cols + k] = (dx[row * cols + k] as number) + value;
    };
    for (let k = 0; k < cols; k++) {
      const toward = (j: number, d: number) =>
        d === 0 ? 0 : ((x.data[n * cols + k] as number) - (x.data[j * cols + k] as number)) / d;
      add(n, k, g * (toward(p, near) - toward(q, far)));
      add(p, k, -g * toward(p, near));
      add(q, k, g * toward(q, far));
    }
  }
  return { dx };
};

const pairs = (rows: number, every = 0) => ({
  hardest: {
    shape: [rows, 2],
    fill: (i: number) => {
      const n = Math.floor(i / 2);
      if (i % 2 && every && n % every === 0) return NO_ROW;
      return (n * (i % 2 ? 3 : 5) + (i % 2)) % rows;
    },
  },
  distances: { shape: [rows, 2], fill: (i: number) => (i % 7 === 3 ? 0 : 0.5 + (i % 5) / 4) },
});

export const cases: Case<typeof batchHardGrad>[] = [
  {
    name: "one row: no pair",
    inputs: { x: [1, 3], dy: [1], ...pairs(1, 1) },
    options: {},
  },
  {
    name: "23 rows, some without a negative, distances of 0",
    inputs: { x: [23, 5], dy: [23], ...pairs(23, 4) },
    options: {},
    tolerance: { length: 8 },
  },
  {
    name: "70 columns, one number upstream, soft",
    inputs: { x: [9, 70], dy: [], ...pairs(9) },
    options: { soft: true, scale: 1 / 9 },
    tolerance: { length: 8 },
  },
  {
    name: "the kink belongs to the slope",
    inputs: {
      x: [3, 2],
      dy: [3],
      hardest: { shape: [3, 2], fill: (i) => (i % 2 ? 2 : 1) },
      distances: { shape: [3, 2], fill: (i) => [1, 2, 1, 2.5, 0.5, 1][i] ?? 0 },
    },
    options: { margin: 1 },
    tolerance: { length: 4 },
  },
  {
    name: "safety: NaN among the distances",
    inputs: {
      x: [4, 2],
      dy: [4],
      ...pairs(4),
      distances: { shape: [4, 2], fill: (i) => (i === 2 ? NaN : 1) },
    },
    options: {},
  },
];
