import { cholesky, solveCholesky } from "../../core/cholesky.ts";
import { dot } from "../dense.ts";
import { betweenRounds, type FitControl } from "../fit_options.ts";
import { Pauses } from "../pause.ts";
import { fallsEnough, halved, largest, type Minimum, type Smooth } from "./minimise.ts";

export interface Curved extends Smooth {
  /** The step whose product with the second derivatives at v is the gradient there. */
  step(
    v: Float64Array,
    gradient: Float64Array,
    signal?: AbortSignal,
  ): Promise<Float64Array<ArrayBuffer>>;
}

export interface NewtonControl extends FitControl {
  /** Maximum number of rounds, including earlier ones. */
  readonly maxIter: number;
  /** The step at which it stops, relative to the largest number of v: the remaining error is much smaller. */
  readonly tol: number;
  /** Number of earlier rounds, which count. Default 0. */
  readonly nIter?: number;
}

/** Absolute or relative difference of two float64 sums that is attributed to rounding. */
export const NOISE = 1e-13;

/** Newton's method in float64 from `start`, with step halving: a few rounds, between which the event loop gets turns. */
export async function newton(
  problem: Curved,
  start: Float64Array<ArrayBuffer>,
  { maxIter, tol, nIter = 0, ...between }: NewtonControl,
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
    // near the minimum rounding hides the decrease
    if (!next) return { v, value, nIter, converged: near };
    ({ v, value, gradient } = next);
    if (near || largest(gradient) === 0) return { v, value, nIter: nIter + 1, converged: true };
  }
  return { v, value, nIter, converged: false };
}

/** Solves (H + damping)·x = b with the smallest damping, relative to each diagonal element, that makes H positive definite. */
export function solveDamped(h: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const n = b.length;
  let most = 0;
  for (let i = 0; i < n; i++) most = Math.max(most, h[i * n + i] as number);
  for (let share = 0; share <= 1; share = share === 0 ? 1e-11 : share * 100) {
    const damped = Float64Array.from(h);
    for (let i = 0; i < n; i++) {
      const own = h[i * n + i] as number;
      damped[i * n + i] = own > 0 ? own * (1 + share) : most || 1; // no step in directions without curvature
    }
    const l = cholesky(damped, n);
    if (l) return solveCholesky(l, b);
  }
  return Float64Array.from(b, (value) => value / (most || 1));
}
