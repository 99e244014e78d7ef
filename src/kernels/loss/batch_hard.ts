import shader from "#shaders/loss/batch_hard.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { boolean, number } from "../../core/kinds.ts";
import { sameShape, show } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import {
  type BatchHardOptions,
  batchHardPlan,
  distanceBetween,
  NO_ROW,
  ranking,
} from "./batch_hard_rows.ts";

/**
 * Triplet loss with the hardest triplet of every row of a batch (Hermans, Beyer, Leibe, "In defense of the triplet loss for
 * person re-identification", 2017): for embeddings x [N, D] and u32 labels [N] finds the farthest row with its label and
 * the nearest with another label, the first of equally distant ones. `hardest` [N, 2] are their indices, `distances` [N, 2]
 * their Euclidean distances, `loss` [N] is max(0, margin + near − far), or its soft form; 0 if no label differs. The N × N
 * distances are never written. Throws `ShapeError` for shapes that do not fit or an empty batch.
 */
export const batchHard = kernel(shader, ({ x, labels }, options: BatchHardOptions) => {
  const plan = batchHardPlan("loss/batch_hard", x, options);
  const { rows } = plan.params;
  if (!sameShape(labels, [rows])) {
    throw new ShapeError(
      `loss/batch_hard: expected labels [${rows}] for x ${show(x)}, got ${show(labels)}; give one a row`,
    );
  }
  return { outputs: { hardest: [rows, 2], distances: [rows, 2], loss: [rows] }, ...plan };
});

export const kinds = () => ({ margin: number, soft: boolean });

export const reference: Reference<typeof batchHard> = ({ x, labels }, options) => {
  const rows = labels.data.length;
  const hardest: number[] = [];
  const distances: number[] = [];
  const loss: number[] = [];
  for (let n = 0; n < rows; n++) {
    let [near, far, p, q] = [-1, Infinity, NO_ROW, NO_ROW];
    for (let j = 0; j < rows; j++) {
      const d = distanceBetween(x, n, j);
      if (labels.data[j] === labels.data[n]) {
        if (!(d > near) && !(Number.isNaN(d) && !Number.isNaN(near))) continue;
        [near, p] = [d, j];
      } else {
        if (q !== NO_ROW && !(d < far) && !(Number.isNaN(d) && !Number.isNaN(far))) continue;
        [far, q] = [d, j];
      }
    }
    const alone = q === NO_ROW;
    hardest.push(p, q);
    distances.push(near, alone ? 0 : far);
    loss.push(alone ? 0 : ranking(options).value(near - far));
  }
  return { hardest, distances, loss };
};

/** Points of a lattice: many distances are equal, so the choice of the first matters. */
export const lattice = (rows: number, cols: number) => ({
  shape: [rows, cols],
  fill: (i: number) => ((Math.floor(i / cols) * 7 + (i % cols) * 3) % 5) / 2,
});
const labelsOf = (rows: number, classes: number) => ({
  shape: [rows],
  fill: (i: number) => (i * 5 + Math.floor(i / 3)) % classes,
});
const all = (rows: number, label: (i: number) => number) => ({ shape: [rows], fill: label });

export const cases: Case<typeof batchHard>[] = [
  {
    name: "one row: no pair",
    inputs: { x: [1, 3], labels: all(1, () => 4) },
    options: {},
  },
  { name: "two rows of one label", inputs: { x: [2, 3], labels: all(2, () => 0) }, options: {} },
  { name: "two rows of two labels", inputs: { x: [2, 1], labels: all(2, (i) => i) }, options: {} },
  {
    name: "67 rows, 5 labels",
    inputs: { x: [67, 9], labels: labelsOf(67, 5) },
    options: { margin: 0.5 },
    tolerance: { length: 4 },
  },
  {
    name: "130 rows, soft",
    inputs: { x: [130, 3], labels: labelsOf(130, 7) },
    options: { soft: true },
    tolerance: { length: 4 },
  },
  {
    name: "equally far, the first wins",
    inputs: { x: lattice(150, 2), labels: labelsOf(150, 4) },
    options: {},
  },
  {
    name: "exactly at the margin",
    inputs: { x: { shape: [4, 1], fill: (i) => i }, labels: all(4, (i) => Math.floor(i / 2)) },
    options: { margin: 0 },
  },
  {
    name: "safety: collapsed to a point",
    inputs: { x: { shape: [9, 2], fill: () => 0.5 }, labels: labelsOf(9, 3) },
    options: {},
  },
  ...[1e20, 1e37, 1e-25].map((size) => ({
    name: `safety: embeddings of ${size}`,
    inputs: {
      x: { shape: [9, 3], fill: (i: number) => ((i * i) % 11) * size },
      labels: labelsOf(9, 3),
    },
    options: { margin: 0 },
  })),
  {
    name: "safety: ±1e4, and a row of NaN is everybody's hardest",
    inputs: {
      x: { shape: [70, 2], fill: (i) => (i === 133 ? NaN : (i % 3) * 1e4 - 1e4 + i) },
      labels: labelsOf(70, 3),
    },
    options: {},
  },
];
