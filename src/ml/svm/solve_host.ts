import { ValueError } from "../../core/errors.ts";
import { betweenRounds } from "../fit_options.ts";
import { Pauses } from "../pause.ts";
import { type Dual, gainsToSums, mayFall, mayRise } from "./dual.ts";
import type { HostKernel } from "./host_kernel.ts";
import { limitOf, type Machine, machineOf, type SolveOptions } from "./solve.ts";
import { LEAST_CURVATURE, move } from "./subproblem.ts";

/** Number of multiplications between two reports: some milliseconds. */
const REPORT_AFTER = 2 ** 22;
const [RISES, FALLS] = [1, 2];

/**
 * Sequential minimal optimization with second-order selection of pairs (Fan, Chen and Lin 2005), in float64 on the host.
 * Ends within `tol`, after `maxIter` steps, or when no pair can be improved.
 */
export async function solveOnHost(
  dual: Dual,
  kernel: HostKernel,
  { tol, maxIter, ...between }: SolveOptions,
): Promise<Machine> {
  const pairs = new Pairs(dual, kernel);
  const pauses = new Pauses();
  const limit = limitOf(maxIter, dual.p.length);
  let nIter = 0;
  let stuck = false;
  while (pairs.gap > tol && nIter < limit && !stuck) {
    await betweenRounds(between, { iteration: nIter, maxIterations: limit, value: pairs.gap });
    between.signal?.throwIfAborted();
    const until = kernel.work + REPORT_AFTER;
    while (pairs.gap > tol && nIter < limit && !stuck && kernel.work < until) {
      stuck = !pairs.step();
      if (!stuck) nIter++;
    }
    await pauses.turn();
  }
  between.signal?.throwIfAborted();
  const f = gainsToSums(dual, pairs.gains, kernel.samples);
  return machineOf(dual, { alpha: pairs.alpha, f }, nIter, pairs.gap <= tol);
}

/** The variables of a dual, and the gain of a step upwards for each. */
class Pairs {
  readonly alpha: Float64Array<ArrayBuffer>; // [variables]
  readonly gains: Float64Array<ArrayBuffer>; // [variables]
  /** The largest gain of a pair of variables. */
  gap = 0;
  readonly #open: Uint8Array; // [variables]: RISES | FALLS
  readonly #dual: Dual;
  readonly #kernel: HostKernel;
  readonly #diagonal: Float64Array; // [samples]
  /** The variable that gains most by increasing. */
  #up = -1;

  constructor(dual: Dual, kernel: HostKernel) {
    this.#dual = dual;
    this.#kernel = kernel;
    this.#diagonal = kernel.diagonal();
    if (!this.#diagonal.every(Number.isFinite)) tooLarge(); // by absolute value no other kernel of two samples is larger
    this.alpha = new Float64Array(dual.p.length);
    this.gains = dual.p.map((p, i) => -(dual.sign[i] as number) * p);
    this.#open = new Uint8Array(dual.p.length);
    for (let i = 0; i < this.#open.length; i++) this.#look(i);
    this.#add(0, this.#diagonal, this.#diagonal);
  }

  /** Moves the variable with the largest gain together with its best partner; false if no pair can move. */
  step(): boolean {
    const { row } = this.#dual;
    const i = this.#up;
    const rises = this.#kernel.row(row[i] as number);
    const { down, length } = this.#partner(i, rises);
    if (down < 0) return false;
    const falls = this.#kernel.row(row[down] as number);
    const moved = move(this.#dual, this.alpha, i, down, length);
    if (moved === 0) return false;
    this.#look(i);
    this.#look(down);
    this.#add(moved, rises, falls);
    return true;
  }

  /** The variable that gains most by decreasing while i increases, and the length of their step. */
  #partner(i: number, k: Float64Array) {
    const { row } = this.#dual;
    const [gains, open, diagonal] = [this.gains, this.#open, this.#diagonal];
    const high = gains[i] as number;
    const own = diagonal[row[i] as number] as number;
    let [down, best, length] = [-1, 0, 0];
    for (let t = 0; t < gains.length; t++) {
      const slope = high - (gains[t] as number);
      if (!(slope > 0) || !((open[t] as number) & FALLS)) continue;
      const at = row[t] as number;
      const curvature = own + (diagonal[at] as number) - 2 * (k[at] as number);
      const step = slope / (curvature > 0 ? curvature : LEAST_CURVATURE);
      if (!(slope * step > best)) continue;
      best = slope * step;
      length = step;
      down = t;
    }
    return { down, length };
  }

  /** Updates the gains of all variables after a move, the next variable to increase, and the gap. */
  #add(moved: number, rises: Float64Array, falls: Float64Array): void {
    const { row } = this.#dual;
    const [gains, open] = [this.gains, this.#open];
    let [up, high, low] = [-1, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let t = 0; t < gains.length; t++) {
      const at = row[t] as number;
      const gain = (gains[t] as number) - moved * ((rises[at] as number) - (falls[at] as number));
      gains[t] = gain;
      const can = open[t] as number;
      if (can & RISES && gain > high) {
        high = gain;
        up = t;
      }
      if (can & FALLS && gain < low) low = gain;
    }
    this.#up = up;
    this.gap = high - low;
    this.#kernel.work += 2 * gains.length;
    if (this.gap === Number.POSITIVE_INFINITY) tooLarge();
  }

  /** Records in which directions a variable may move. */
  #look(i: number): void {
    const rises = mayRise(this.#dual, this.alpha, i) ? RISES : 0;
    this.#open[i] = rises | (mayFall(this.#dual, this.alpha, i) ? FALLS : 0);
  }
}

function tooLarge(): never {
  throw new ValueError(
    "support vector machine: expected kernels and their sums below 1.8e308, got more; scale the features, or lower gamma, " +
      "degree or C",
  );
}
