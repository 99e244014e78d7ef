import shader from "#shaders/norm/merge.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { boolean, number } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { movedRunning, planRunning, type RowMoments } from "./running.ts";
import { checkEps } from "./stats.ts";

interface Options {
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number;
  /** Whether the mean is subtracted; false for RMS norm: (0, 0, rstd, mean square). Default true. */
  readonly centred?: boolean;
  /** Weight of the new values in the running statistics. Default 0.1. */
  readonly momentum?: number;
}

/**
 * Statistics of every row, stats[rows, 4] with (pivot, offset, rstd, variance), from pieces[pieces, rows, 4] with (pivot,
 * offset, count, variance, or minus its root where it is beyond f32) the output of norm/stats; also updates running_mean
 * and running_var, one number per row, by `momentum` if they are given. Throws `ShapeError`, `ValueError`.
 */
export const normMerge = kernel(shader, ({ pieces, ...running }, options: Options) => {
  const { eps = 1e-5, centred = true, momentum = 0.1 } = options;
  checkEps("norm/merge", eps);
  const [count = 0, rows = 0, four] = pieces;
  if (pieces.length !== 3 || four !== 4 || count * rows === 0) {
    throw new ShapeError(
      `norm/merge: expected pieces[pieces, rows, 4] from norm/stats, got ${show(pieces, "pieces")}; ` +
        "statistics of rank 2 are complete and need no merging",
    );
  }
  const moves = planRunning("norm/merge", rows, running, momentum);
  return {
    outputs: { stats: [rows, 4] },
    params: { rows, pieces: count, eps, ...moves.params },
    grid: grid1d(Math.ceil(rows / 64)),
    slots: { result: centred ? "row" : "rms", ...moves.slots },
    flops: 12 * count * rows,
  };
});

export const kinds = () => ({ eps: number, centred: boolean, momentum: number });

export const reference: Reference<typeof normMerge> = (inputs, options) => {
  const { eps = 1e-5, centred = true, momentum = 0.1 } = options;
  const { pieces } = inputs;
  const [count = 0, rows = 0] = pieces.shape;
  const stats = new Float64Array(rows * 4);
  const whole: RowMoments[] = [];
  for (let row = 0; row < rows; row++) {
    const at = (k: number, field: number) => pieces.data[4 * (k * rows + row) + field] as number;
    let n = 0;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      n += at(k, 2);
      sum += at(k, 2) * at(k, 1);
    }
    const offset = sum / n;
    let squares = 0;
    for (let k = 0; k < count; k++) {
      const spread = at(k, 3) < 0 ? at(k, 3) ** 2 : at(k, 3);
      squares += at(k, 2) * (spread + (at(k, 1) - offset) ** 2);
    }
    const variance = squares / n;
    whole.push({ count: n, mean: at(0, 0) + offset, variance });
    const square = variance + (at(0, 0) + offset) ** 2;
    if (centred) stats.set([at(0, 0), offset, 1 / Math.sqrt(variance + eps), variance], 4 * row);
    else stats.set([0, 0, 1 / Math.sqrt(square + eps), square], 4 * row);
  }
  return { stats, ...movedRunning(whole, inputs, momentum) };
};

/** Statistics with pivot 5, offsets of both signs, and another count in the last piece. */
const fill = (rows: number, count: number) => (i: number, random: () => number) =>
  [5, random() - 0.5, Math.floor(i / 4 / rows) === count - 1 ? 3 : 1000, random()][i % 4] as number;

export const cases: Case<typeof normMerge>[] = [
  { name: "one piece", inputs: { pieces: { shape: [1, 3, 4], fill: fill(3, 1) } }, options: {} },
  { name: "two pieces", inputs: { pieces: { shape: [2, 65, 4], fill: fill(65, 2) } }, options: {} },
  {
    name: "pieces of a single element",
    inputs: { pieces: { shape: [2, 3, 4], fill: (i) => [5, i, 1, 0][i % 4] ?? 0 } },
    options: {},
  },
  {
    name: "three pieces that move running statistics",
    inputs: {
      pieces: { shape: [3, 65, 4], fill: fill(65, 3) },
      running_mean: [65],
      running_var: [65],
    },
    options: { momentum: 0.3 },
  },
  {
    name: "256 pieces",
    inputs: { pieces: { shape: [256, 2, 4], fill: fill(2, 256) } },
    options: { eps: 1e-3 },
  },
  ...[true, false].map((centred) => ({
    name: `safety: pieces of 1e30, one of them with minus the root of its variance${centred ? "" : ", about 0"}`,
    inputs: {
      pieces: {
        shape: [3, 65, 4],
        fill: (i: number, random: () => number) => {
          const spread = i < 4 * 65 ? -1e30 * (1 + random()) : random();
          return [1e30, 1e30 * random(), 1000, spread][i % 4] as number;
        },
      },
    },
    options: { centred },
    tolerance: { atol: 0, rtol: 2e-6 },
  })),
  {
    name: "three pieces about 0",
    inputs: { pieces: { shape: [3, 65, 4], fill: fill(65, 3) } },
    options: { eps: 1e-2, centred: false },
  },
  {
    name: "offsets apart by 1e4 deviations",
    inputs: {
      pieces: {
        shape: [5, 2, 4],
        fill: (i) => [1, 1e4 * Math.floor(i / 8), 64, 1][i % 4] as number,
      },
    },
    options: {},
  },
];
