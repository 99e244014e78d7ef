import { cholesky, dot, solveCholesky } from "../dense.ts";
import { betweenRounds, type FitOptions } from "../fit_options.ts";
import { fallsEnough, largest, type Minimum, type Smooth } from "./minimise.ts";

export interface Curved extends Smooth {
  /** Second derivatives [size, size]. */
  hessian(v: Float64Array, signal?: AbortSignal): Promise<Float64Array<ArrayBuffer>>;
}

export interface NewtonOptions extends FitOptions {
  readonly maxIter: number;
  /** The largest slope at which it stops. */
  readonly tol: number;
}

const HALVINGS = 25;

/**
 * Newton's method with halved steps: a few rounds, each with all second derivatives. What they leave undetermined (directions
 * without curvature) is damped.
 */
export async function newton(
  problem: Curved,
  { maxIter, tol, ...between }: NewtonOptions,
): Promise<Minimum> {
  let v = new Float64Array(problem.size);
  let { value, gradient } = await problem.evaluate(v);
  for (let nIter = 0; ; nIter++) {
    const converged = largest(gradient) <= tol;
    if (converged || nIter >= maxIter) return { v, value, nIter, converged };
    await betweenRounds(between, { iteration: nIter, maxIterations: maxIter, value });
    const step = solveDamped(await problem.hessian(v, between.signal), gradient);
    const fall = dot(step, gradient);
    let next: { v: Float64Array<ArrayBuffer>; value: number; gradient: Float64Array } | undefined;
    for (let k = 0, length = 1; k < HALVINGS && !next; k++, length /= 2) {
      const tried = v.map((x, i) => x - length * (step[i] as number));
      const there = await problem.evaluate(tried);
      const slopeThere = -length * dot(step, there.gradient);
      if (fallsEnough(value, there.value, -length * fall, slopeThere))
        next = { v: tried, ...there };
    }
    if (!next) return { v, value, nIter, converged: false };
    ({ v, value, gradient } = next);
  }
}

/** x of (H + damping)·x = b, with the least damping that makes H positive definite. */
function solveDamped(h: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const n = b.length;
  let most = 0;
  for (let i = 0; i < n; i++) most = Math.max(most, h[i * n + i] as number);
  for (let share = 1e-9; ; share *= 100) {
    const damped = Float64Array.from(h);
    for (let i = 0; i < n; i++) {
      damped[i * n + i] = (damped[i * n + i] as number) + share * most + Number.MIN_VALUE;
    }
    const l = cholesky(damped, n);
    if (l) return solveCholesky(l, b);
    if (share > 1) return Float64Array.from(b, (value) => value / (most || 1));
  }
}
