import { cholesky, solveCholesky } from "../../core/cholesky.ts";
import { dot } from "../dense.ts";
import { betweenRounds, type FitOptions } from "../fit_options.ts";
import { Pauses } from "../pause.ts";
import { fallsEnough, halved, largest, type Minimum, type Smooth } from "./minimise.ts";

export interface Curved extends Smooth {
  /** What the second derivatives at v take to the gradient there. */
  step(
    v: Float64Array,
    gradient: Float64Array,
    signal?: AbortSignal,
  ): Promise<Float64Array<ArrayBuffer>>;
}

export interface NewtonOptions extends FitOptions {
  /** Rounds at most, those made before included. */
  readonly maxIter: number;
  /** The step at which it stops, as a share of the largest number of v: what is left after it is much less. */
  readonly tol: number;
  /** Rounds that were made before, which count. Default 0. */
  readonly nIter?: number;
}

/** Absolute or relative difference of two float64 sums that is attributed to rounding. */
export const NOISE = 1e-13;

/** Newton's method in float64 from `start`, with halved steps: a few rounds, between which the page has its turns. */
export async function newton(
  problem: Curved,
  start: Float64Array<ArrayBuffer>,
  { maxIter, tol, nIter = 0, ...between }: NewtonOptions,
): Promise<Minimum> {
  const pauses = new Pauses();
  const turn = async () => {
    await pauses.turn();
    between.signal?.throwIfAborted();
  };
  let v = start;
  let { value, gradient } = await problem.evaluate(v);
  for (; nIter < maxIter; nIter++) {
    await betweenRounds(between, { iteration: nIter, maxIterations: maxIter, value });
    const step = await problem.step(v, gradient, between.signal);
    await turn();
    const fall = dot(step, gradient);
    const near = largest(step) <= tol * largest(v);
    const [from, valueFrom] = [v, value];
    const next = await halved(1, async (length) => {
      const tried = from.map((x, i) => x - length * (step[i] as number));
      const there = await problem.evaluate(tried);
      await turn();
      const slopeThere = -length * dot(step, there.gradient);
      const good = fallsEnough(valueFrom, there.value, -length * fall, slopeThere, NOISE);
      return good ? { v: tried, ...there } : undefined;
    });
    // rounding hides a fall beside the least value
    if (!next) return { v, value, nIter, converged: near };
    ({ v, value, gradient } = next);
    if (near || largest(gradient) === 0) return { v, value, nIter: nIter + 1, converged: true };
  }
  return { v, value, nIter, converged: false };
}

/** x of (H + damping)·x = b, with the least damping, a share of each diagonal element, that makes H positive definite. */
export function solveDamped(h: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const n = b.length;
  let most = 0;
  for (let i = 0; i < n; i++) most = Math.max(most, h[i * n + i] as number);
  for (let share = 0; share <= 1; share = share === 0 ? 1e-11 : share * 100) {
    const damped = Float64Array.from(h);
    for (let i = 0; i < n; i++) {
      const own = h[i * n + i] as number;
      damped[i * n + i] = own > 0 ? own * (1 + share) : most || 1; // no curvature, no step
    }
    const l = cholesky(damped, n);
    if (l) return solveCholesky(l, b);
  }
  return Float64Array.from(b, (value) => value / (most || 1));
}
