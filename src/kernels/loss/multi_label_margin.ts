import shader from "#shaders/loss/multi_label_margin.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number } from "../../core/kinds.ts";
import { sameShape, show, size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { slicesFor } from "../slices.ts";
import type { ScaleOption } from "./class_rows.ts";

const WHO = "loss/multi_label_margin";

/**
 * Hinge loss of scores x [N, C] whose rows have several targets, i32 [N, C]: classes up to the first −1. With Y a row's
 * targets, `loss` [N] is 1/C · Σ_{t∈Y} Σ_{k∉Y} max(0, 1 − x[t] + x[k]), `dlogits` its gradient times `scale`, `times` how
 * often each class is a target. A target out of range gives NaN. Throws `ShapeError` for shapes that do not fit or are
 * empty.
 */
export const multiLabelMargin = kernel(shader, ({ x, targets }, { scale = 1 }: ScaleOption) => {
  const [rows = 0, cols = 0] = x;
  if (x.length !== 2 || size(x) === 0) {
    throw new ShapeError(
      `${WHO}: expected x [N, C] with at least one element, got ${show(x)}; skip empty batches`,
    );
  }
  if (!sameShape(x, targets)) {
    throw new ShapeError(
      `${WHO}: expected targets ${show(x)} as x, got ${show(targets)}; fill the rows up with −1`,
    );
  }
  return {
    outputs: { times: x, loss: [rows], dlogits: x },
    params: { rows, cols, scale },
    ...slicesFor(rows, cols),
    flops: 4 * rows * cols * cols,
  };
});

export const kinds = () => ({ scale: number });

export const reference: Reference<typeof multiLabelMargin> = ({ x, targets }, { scale = 1 }) => {
  const [rows = 0, cols = 0] = x.shape;
  const loss = new Float64Array(rows);
  const [dlogits, times] = [new Float64Array(rows * cols), new Float64Array(rows * cols)];
  const add = (to: Float64Array, i: number, value: number) => {
    to[i] = (to[i] as number) + value;
  };
  for (let row = 0; row < rows; row++) {
    const base = row * cols;
    const line = Array.from({ length: cols }, (_, k) => targets.data[base + k] as number);
    const end = line.indexOf(-1);
    const set = line.slice(0, end < 0 ? cols : end);
    const share = set.every((t) => t >= 0 && t < cols) ? 1 / cols : NaN;
    for (const t of set) if (t >= 0 && t < cols) add(times, base + t, 1);
    if (Number.isNaN(share)) dlogits.fill(NaN, base, base + cols);
    for (const t of set) {
      for (let k = 0; k < cols; k++) {
        if (times[base + k] !== 0) continue;
        const z = 1 - (x.data[base + t] ?? NaN) + (x.data[base + k] as number);
        const slope = Number.isNaN(z) ? NaN : z > 0 ? 1 : 0;
        add(loss, row, share * (z <= 0 ? 0 : z));
        add(dlogits, base + k, share * slope * scale);
        add(dlogits, base + t, -share * slope * scale);
      }
    }
    if (Number.isNaN(share)) loss[row] = NaN;
  }
  return { times, loss, dlogits };
};

/** Rows of 0, 1, 2, … different targets in no particular order, then −1 and then arbitrary numbers. */
const targetsFor = (rows: number, cols: number) => ({
  shape: [rows, cols],
  fill: (i: number) => {
    const [row, j] = [Math.floor(i / cols), i % cols];
    if (j === row % (cols + 1)) return -1;
    return (j * 7 + row) % cols;
  },
});

const example = (name: string, rows: number, cols: number): Case<typeof multiLabelMargin> => ({
  name,
  inputs: { x: [rows, cols], targets: targetsFor(rows, cols) },
  options: { scale: 1 / rows },
  tolerance: { length: cols * 4 },
});
const lines = (...rows: number[][]) => ({
  shape: [rows.length, rows[0]?.length ?? 0],
  fill: (i: number) => rows.flat()[i] as number,
});

export const cases: Case<typeof multiLabelMargin>[] = [
  example("one class, one row", 1, 1),
  example("5 classes, a lane a row", 67, 5),
  example("20 classes, 16 lanes a row", 9, 20),
  example("257 classes, a workgroup a row", 3, 257),
  {
    name: "a target that stands there twice counts twice",
    inputs: { x: [2, 4], targets: lines([2, 2, -1, 0], [1, 3, 1, 3]) },
    options: {},
  },
  {
    name: "scores at the margin have no slope",
    inputs: { x: lines([2, 1, 1.5], [0, 1, 2]), targets: lines([0, -1, -1], [2, 1, -1]) },
    options: {},
  },
  {
    name: "targets that are no class give NaN in their rows",
    inputs: { x: [4, 3], targets: lines([0, 3, -1], [-2, 0, -1], [1, -1, 5], [1, 0, 99]) },
    options: {},
  },
  {
    name: "safety: scores of ±1e4 and NaN stay in their rows",
    inputs: {
      x: lines([1e4, -1e4, 0], [NaN, 1, 2], [0, NaN, 1], [1, 2, 3]),
      targets: lines([0, -1, -1], [0, -1, -1], [0, -1, -1], [0, -1, -1]),
    },
    options: {},
  },
];
