import shader from "#shaders/norm/stats.wgsl";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { size } from "../../core/shape.ts";
import { inHalf } from "../half_cases.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import type { OnSoftware } from "../on_software.ts";
import { forEachElement, type Norm, planesOf } from "./geometry.ts";
import { packedCases } from "./packed_cases.ts";
import { movedRunning, planRunning, type RowMoments } from "./running.ts";
import { aloneIf, eachOf, walk, walkGrid } from "./walk.ts";

/** Throws `ValueError` unless eps ≥ 0. */
export function checkEps(who: string, eps: number): void {
  if (!(eps >= 0 && eps < Infinity)) {
    throw new ValueError(`${who}: expected eps ≥ 0, added to the variance, got ${eps}; try 1e-5`);
  }
}

interface StatsOptions extends OnSoftware {
  readonly norm: Norm;
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number;
  /** Weight of the new values in the running statistics. Default 0.1. */
  readonly momentum?: number;
}

/**
 * Statistics of every row of x: mean = pivot + offset, rstd = 1/√(var + eps), biased variance.
 *
 * stats is [rows, 4] with (pivot, offset, rstd, variance), or, when rows are so long or so few that they are cut,
 * [pieces, rows, 4] with (pivot, offset, count, variance), which norm/merge turns into the former.
 * A NaN spoils its row only. A spread beyond 1.8e19 gives variance ∞ and rstd 0. eps = 0 on a constant row gives
 * rstd ∞. In RMS norm mean = 0 and the variance is about 0: pivot and offset of whole rows are 0.
 * running_mean and running_var, one number a row, are moved by `momentum` where rows are whole; else norm/merge moves them.
 * Throws `ShapeError`, `ValueError`.
 */
export const stats = kernel(shader, ({ x, ...running }, options: StatsOptions) => {
  const { norm, eps = 1e-5, momentum = 0.1, software } = options;
  checkEps("norm/stats", eps);
  const planes = planesOf("norm/stats", x, norm);
  const rows = walk(planes, "rows", { perLane: "sums", software });
  const whole = rows.pieces === 1;
  const moves = planRunning("norm/stats", planes.rows, running, momentum);
  if (!whole && moves.slots.running === "moved") {
    throw new ShapeError(
      `norm/stats: expected whole rows where running statistics move, got ${rows.pieces} pieces; give them to norm/merge`,
    );
  }
  return {
    outputs: { stats: whole ? [planes.rows, 4] : [rows.pieces, planes.rows, 4] },
    params: { rows: rows.params, eps, ...moves.params },
    grid: walkGrid(rows),
    overrides: aloneIf(rows),
    slots: {
      pack: rows.pack,
      lane_moments: eachOf(rows.pack),
      result: whole ? (planes.centred ? "row" : "rms") : "piece",
      ...moves.slots,
    },
    flops: 9 * size(x),
  };
});

/** Every row's elements, in order. */
function rowsOf(x: ArrayLike<number>, planes: ReturnType<typeof planesOf>): number[][] {
  const rows: number[][] = Array.from({ length: planes.rows }, () => []);
  forEachElement(planes, (i, row) => rows[row]?.push(x[i] as number));
  return rows;
}

const median = (a: number, b: number, c: number) =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

export const reference: Reference<typeof stats> = (
  inputs,
  { norm, eps = 1e-5, momentum = 0.1, software },
) => {
  const { x } = inputs;
  const planes = planesOf("norm/stats", x.shape, norm);
  const { pieces, piece } = walk(planes, "rows", { perLane: "sums", software });
  const out = new Float64Array(pieces * planes.rows * 4);
  const whole: RowMoments[] = [];
  rowsOf(x.data, planes).forEach((row, r) => {
    const n = row.length;
    const mean = row.reduce((sum, v) => sum + v, 0) / n;
    whole.push({ count: n, mean, variance: row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n });
    if (pieces === 1 && !planes.centred) {
      const square = row.reduce((sum, v) => sum + v * v, 0) / n;
      out.set([0, 0, 1 / Math.sqrt(square + eps), square], 4 * r);
      return;
    }
    const pivot = median(row[0] ?? 0, row[Math.floor(n / 2)] ?? 0, row[n - 1] ?? 0);
    for (let k = 0; k < pieces; k++) {
      const part = row.slice(k * piece, (k + 1) * piece);
      const offset = part.reduce((sum, v) => sum + (v - pivot), 0) / part.length;
      const variance = part.reduce((sum, v) => sum + (v - pivot - offset) ** 2, 0) / part.length;
      const third = pieces === 1 ? 1 / Math.sqrt(variance + eps) : part.length;
      out.set([pivot, offset, third, variance], 4 * (k * planes.rows + r));
    }
  });
  return { stats: out, ...movedRunning(whole, inputs, momentum) };
};

const batch = { kind: "batch" } as const;
const instance = { kind: "instance" } as const;
const layer = { kind: "layer", axes: 1 } as const;
const rms = { kind: "rms", axes: 1 } as const;
const far = (_: number, random: () => number) => 1e4 + 2 * Math.sqrt(3) * (random() - 0.5);

export const cases: Case<typeof stats>[] = [
  { name: "one element", inputs: { x: [1, 1] }, options: { norm: batch } },
  { name: "layer, one element a row", inputs: { x: [130, 1] }, options: { norm: layer } },
  { name: "layer, 17 rows of 5, one lane each", inputs: { x: [17, 5] }, options: { norm: layer } },
  {
    name: "layer, 9 rows of 77, eight lanes each",
    inputs: { x: [9, 77] },
    options: { norm: layer },
  },
  { name: "layer, rows of 257", inputs: { x: [3, 257] }, options: { norm: layer } },
  {
    name: "layer over two axes",
    inputs: { x: [2, 3, 5, 7] },
    options: { norm: { kind: "layer", axes: 2 } },
  },
  { name: "batch, planes of 35", inputs: { x: [5, 7, 5, 7] }, options: { norm: batch } },
  { name: "batch, planes of one element", inputs: { x: [37, 67] }, options: { norm: batch } },
  {
    name: "batch, planes of 4, cut across",
    inputs: { x: [600, 5, 2, 2] },
    options: { norm: batch },
  },
  { name: "batch, long rows in pieces", inputs: { x: [5, 2, 131, 31] }, options: { norm: batch } },
  { name: "group", inputs: { x: [3, 6, 5, 5] }, options: { norm: { kind: "group", groups: 2 } } },
  {
    name: "group, one group",
    inputs: { x: [2, 3, 11, 13] },
    options: { norm: { kind: "group", groups: 1 } },
  },
  { name: "instance", inputs: { x: [2, 5, 9, 9] }, options: { norm: instance } },
  { name: "one row of 40,001", inputs: { x: [1, 40001] }, options: { norm: layer } },
  {
    name: "safety: mean 1e4 times the deviation",
    inputs: { x: { shape: [4, 1024], fill: far } },
    options: { norm: layer },
    tolerance: { atol: 2e-6, rtol: 2e-6 },
  },
  {
    name: "safety: constant rows, variance 0",
    inputs: { x: { shape: [4, 300], fill: () => 1234.567 } },
    options: { norm: layer },
  },
  { name: "rms, rows of 77", inputs: { x: [9, 77] }, options: { norm: rms, eps: 1e-2 } },
  { name: "rms, one row in pieces", inputs: { x: [1, 20001] }, options: { norm: rms } },
  {
    name: "safety: rms, mean 1e4 times the deviation",
    inputs: { x: { shape: [4, 1024], fill: far } },
    options: { norm: rms },
  },
  {
    name: "safety: rms of zeros",
    inputs: { x: { shape: [3, 9], fill: () => 0 } },
    options: { norm: rms },
  },
  {
    name: "an outlier first",
    inputs: { x: { shape: [2, 1000], fill: (i, random) => (i % 1000 === 0 ? 1e6 : random()) } },
    options: { norm: layer },
    tolerance: { atol: 1e-5, rtol: 1e-6 },
  },
  {
    name: "values of 1e18, whose squares sum past f32",
    inputs: { x: { shape: [2, 3000], fill: (_, random) => (random() - 0.5) * 1e19 } },
    options: { norm: layer },
    tolerance: { atol: 1e13, rtol: 1e-6 },
  },
  {
    name: "values of 1e-15, variance far below eps",
    inputs: { x: { shape: [2, 70], fill: (_, random) => random() * 1e-15 } },
    options: { norm: layer },
    tolerance: { atol: 1e-20, rtol: 1e-6 },
  },
  {
    name: "running statistics of a row of two",
    inputs: { x: [2, 1], running_mean: [1], running_var: [1] },
    options: { norm: batch },
  },
  {
    name: "running statistics, several lanes a row",
    inputs: { x: [5, 7, 5, 7], running_mean: [7], running_var: [7] },
    options: { norm: batch, momentum: 0.3 },
  },
  ...[0, 1].map((momentum) => ({
    name: `running statistics by momentum ${momentum}`,
    inputs: { x: [9, 67], running_mean: [67], running_var: [67] },
    options: { norm: batch, momentum },
  })),
  {
    name: "safety: a NaN first, in the middle or last is the pivot's as well",
    inputs: {
      x: {
        shape: [4, 20],
        fill: (i, random) => ([0, 30, 59].includes(i) ? Number.NaN : random()),
      },
    },
    options: { norm: layer },
  },
  {
    name: "safety: a NaN spoils its own row only",
    inputs: { x: { shape: [3, 5, 4, 4], fill: (i, random) => (i === 20 ? NaN : random()) } },
    options: { norm: instance },
  },
  ...packedCases.map(({ name, x, norm, software }) => ({
    name,
    inputs: { x },
    options: { norm, software },
  })),
  {
    name: "safety: packs, mean 1e4 times the deviation, on software",
    inputs: { x: { shape: [4, 1024], fill: far } },
    options: { norm: layer, software: true },
    tolerance: { atol: 2e-6, rtol: 2e-6 },
  },
  {
    name: "packs: running statistics of rows in lanes of their own",
    inputs: { x: [3, 130, 2, 2], running_mean: [130], running_var: [130] },
    options: { norm: batch, software: true },
  },
];

/** The outlier of 1e30 and more is ∞ in f16. */
export const halfCases = inHalf(
  cases.filter(({ name }) => name !== "an outlier first"),
  { storage: "f16" },
);

export const benches: Case<typeof stats>[] = [
  { name: "layer 512×768", inputs: { x: [512, 768] }, options: { norm: layer } },
  { name: "batch 8×64×32×32", inputs: { x: [8, 64, 32, 32] }, options: { norm: batch } },
  { name: "batch 64×64×56×56", inputs: { x: [64, 64, 56, 56] }, options: { norm: batch } },
  { name: "batch 64×8×14×14", inputs: { x: [64, 8, 14, 14] }, options: { norm: batch } },
  { name: "batch 64×16×7×7", inputs: { x: [64, 16, 7, 7] }, options: { norm: batch } },
  { name: "layer 4096×768", inputs: { x: [4096, 768] }, options: { norm: layer } },
];
