import { type Dual, type DualState, gain, mayFall, mayRise } from "./dual.ts";

/** Result of optimizing the variables of a working set. */
export interface Change {
  /** Samples of the working set. */
  readonly rows: readonly number[];
  /** Change of Σ sα for each of them. */
  readonly coef: Float64Array;
  /** Number of steps, each of a pair of variables. */
  readonly steps: number;
}

/** Curvature used for a pair without curvature, as in libsvm. */
export const LEAST_CURVATURE = 1e-12;
/** Maximum number of steps per variable of a working set. */
const MOST_STEPS = 200;

/**
 * Sequential minimal optimization of only the variables `set`, with second-order selection of pairs (Fan, Chen and Lin
 * 2005), until they are within `tol` of their optimum. Changes alpha, but not f. `kernel(a, b)` is K of two samples.
 */
export function solveWithin(
  dual: Dual,
  state: DualState,
  set: readonly number[],
  kernel: (a: number, b: number) => number,
  tol: number,
): Change {
  const rows = [...new Set(set.map((i) => dual.row[i] as number))];
  const place = new Map(rows.map((row, at) => [row, at]));
  const own = set.map((i) => place.get(dual.row[i] as number) as number);
  const n = rows.length;
  const k = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b <= a; b++) {
      const value = kernel(rows[a] as number, rows[b] as number);
      k[a * n + b] = value;
      k[b * n + a] = value;
    }
  }
  const gains = Float64Array.from(set, (i) => gain(dual, state, i));
  const coef = new Float64Array(n);
  const most = MOST_STEPS * set.length;
  let steps = 0;
  for (; steps < most; steps++) {
    const pair = choosePair(dual, state.alpha, set, own, gains, k, n, tol);
    if (!pair) break;
    const { up, down, length } = pair;
    const moved = move(dual, state.alpha, set[up] as number, set[down] as number, length);
    if (moved === 0) break;
    const [i, j] = [(own[up] as number) * n, (own[down] as number) * n];
    coef[own[up] as number] = (coef[own[up] as number] as number) + moved;
    coef[own[down] as number] = (coef[own[down] as number] as number) - moved;
    for (let t = 0; t < set.length; t++) {
      const c = own[t] as number;
      gains[t] = (gains[t] as number) - moved * ((k[i + c] as number) - (k[j + c] as number));
    }
  }
  return { rows, coef, steps };
}

/** The variable that gains most by increasing, and its best partner that decreases; undefined within `tol`. */
function choosePair(
  dual: Dual,
  alpha: Float64Array,
  set: readonly number[],
  own: readonly number[],
  gains: Float64Array,
  k: Float64Array,
  n: number,
  tol: number,
) {
  let up = -1;
  for (let t = 0; t < set.length; t++) {
    if (up >= 0 && !((gains[t] as number) > (gains[up] as number))) continue;
    if (mayRise(dual, alpha, set[t] as number)) up = t;
  }
  if (up < 0) return undefined;
  const [high, a] = [gains[up] as number, own[up] as number];
  const diagonal = k[a * n + a] as number;
  let [down, best, length, low] = [-1, 0, 0, Number.POSITIVE_INFINITY];
  for (let t = 0; t < set.length; t++) {
    if (!mayFall(dual, alpha, set[t] as number)) continue;
    const slope = high - (gains[t] as number);
    low = Math.min(low, gains[t] as number);
    if (!(slope > 0)) continue;
    const b = own[t] as number;
    const curvature = diagonal + (k[b * n + b] as number) - 2 * (k[a * n + b] as number);
    const usable = curvature > 0 ? curvature : LEAST_CURVATURE;
    if ((slope * slope) / usable <= best) continue;
    best = (slope * slope) / usable;
    length = slope / usable;
    down = t;
  }
  return down < 0 || high - low <= tol ? undefined : { up, down, length };
}

/**
 * Moves two variables by the given length or as far as their bounds allow; returns the increase of sα of the first, which
 * is the decrease for the other.
 */
export function move(
  { sign, C }: Dual,
  alpha: Float64Array,
  i: number,
  j: number,
  length: number,
): number {
  const room = (v: number, rises: boolean) =>
    rises ? (C[v] as number) - (alpha[v] as number) : (alpha[v] as number);
  const risesI = (sign[i] as number) > 0;
  const risesJ = (sign[j] as number) < 0;
  const [roomI, roomJ] = [room(i, risesI), room(j, risesJ)];
  const moved = Math.min(length, roomI, roomJ);
  const set = (v: number, rises: boolean, space: number) => {
    const bound = rises ? (C[v] as number) : 0;
    alpha[v] = moved === space ? bound : (alpha[v] as number) + (rises ? moved : -moved);
  };
  set(i, risesI, roomI);
  set(j, risesJ, roomJ);
  return moved;
}
