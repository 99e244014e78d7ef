import shader from "#shaders/norm/stats.wgsl";
import { ValueError } from "../../core/errors.ts";
import { boolean, number, required } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import type { Coarse } from "../coarse.ts";
import { kernel, type Reference } from "../kernel.ts";
import { norm } from "../option_kinds.ts";
import { forEachElement, type NormGrouping, planesOf } from "./geometry.ts";
import { movedRunning, planRunning, type RowMoments } from "./running.ts";
import { aloneIf, unsplit, walk, walkGrid } from "./walk.ts";

/** Throws `ValueError` unless eps ≥ 0. */
export function checkEps(who: string, eps: number): void {
  if (!(eps >= 0 && eps < Infinity)) {
    throw new ValueError(`${who}: expected eps ≥ 0, added to the variance, got ${eps}; try 1e-5`);
  }
}

export interface StatsOptions extends Coarse {
  /** Which elements share statistics: the kind of norm, with its groups or axes. */
  readonly norm: NormGrouping;
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number;
  /** Weight of the new values in the running statistics. Default 0.1. */
  readonly momentum?: number;
}

/**
 * Statistics of every row of x: mean = pivot + offset, rstd = 1/√(var + eps), biased variance.
 *
 * stats is [rows, 4] with (pivot, offset, rstd, variance), or, when rows are so long or so few that they are split,
 * [pieces, rows, 4] with (pivot, offset, count, variance), which norm/merge converts to the former. A NaN affects only its
 * row. A spread beyond 1.8e19 gives variance ∞ (in pieces the negative standard deviation), and the correct rstd for values
 * up to 1.7e38. eps = 0 on a constant row gives rstd ∞. In RMS norm mean = 0 and the variance is about 0: pivot and offset
 * of whole rows are 0. running_mean and running_var, one number per row, are updated by `momentum`; rows are then not
 * split, whatever their length, so that few long rows take longer than with norm/merge. Throws `ShapeError`, `ValueError`.
 */
export const normStats = kernel(shader, ({ x, ...running }, options: StatsOptions) => {
  const { norm, eps = 1e-5, momentum = 0.1, coarse } = options;
  checkEps("norm/stats", eps);
  const planes = planesOf("norm/stats", x, norm);
  const moves = planRunning("norm/stats", planes.rows, running, momentum);
  const split = walk(planes, "rows", { perLane: "sums", coarse });
  const rows = running.running_mean && split.pieces > 1 ? unsplit(split) : split;
  const whole = rows.pieces === 1;
  return {
    outputs: { stats: whole ? [planes.rows, 4] : [rows.pieces, planes.rows, 4] },
    params: { rows: rows.params, eps, ...moves.params },
    grid: walkGrid(rows),
    overrides: aloneIf(rows),
    slots: {
      pack: rows.pack,
      span: rows === split ? "piece" : "row",
      result: whole ? (planes.centred ? "row" : "rms") : "piece",
      ...moves.slots,
    },
    flops: 9 * size(x),
  };
});

export const kinds = () => ({
  norm: required(norm),
  eps: number,
  momentum: number,
  coarse: boolean,
});

/** The elements of every row, in order. */
function rowsOf(x: ArrayLike<number>, planes: ReturnType<typeof planesOf>): number[][] {
  const rows: number[][] = Array.from({ length: planes.rows }, () => []);
  forEachElement(planes, (i, row) => rows[row]?.push(x[i] as number));
  return rows;
}

const median = (a: number, b: number, c: number) =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

export const reference: Reference<typeof normStats> = (
  inputs,
  { norm, eps = 1e-5, momentum = 0.1, coarse },
) => {
  const { x } = inputs;
  const planes = planesOf("norm/stats", x.shape, norm);
  const split = walk(planes, "rows", { perLane: "sums", coarse });
  const pieces = inputs.running_mean ? 1 : split.pieces;
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
      const part = pieces === 1 ? row : row.slice(k * split.piece, (k + 1) * split.piece);
      const offset = part.reduce((sum, v) => sum + (v - pivot), 0) / part.length;
      const variance = part.reduce((sum, v) => sum + (v - pivot - offset) ** 2, 0) / part.length;
      const third = pieces === 1 ? 1 / Math.sqrt(variance + eps) : part.length;
      const beyond = pieces > 1 && Math.fround(variance) === Infinity;
      const fourth = beyond ? -Math.sqrt(variance) : variance;
      out.set([pivot, offset, third, fourth], 4 * (k * planes.rows + r));
    }
  });
  return { stats: out, ...movedRunning(whole, inputs, momentum) };
};

export { benches, cases, halfCases } from "./stats_cases.ts";
