import { cholesky, solveCholesky } from "../../core/cholesky.ts";
import { dot, multiply } from "../dense.ts";
import { betweenRounds } from "../fit_options.ts";
import { Pauses } from "../pause.ts";
import { type Quadratic, sweep } from "./coordinate_descent.ts";
import type { ExactLogistic } from "./exact_logistic.ts";
import { fallsEnough, halved, largest, type Minimum } from "./minimise.ts";
import { type NewtonControl, NOISE } from "./newton.ts";

/** Maximum number of support checks, and number of sweeps between two of them. */
const [LOOKS, SWEEPS] = [200, 10];

/**
 * Newton's method with weights of |v| (Lee, Sun and Saunders 2014): the quadratic model plus the weighted |v| is minimised
 * by coordinate descent in float64, then steps are halved until the objective decreases.
 */
export async function proximalNewton(
  problem: ExactLogistic,
  l1: Float64Array,
  { maxIter, tol, ...between }: NewtonControl,
): Promise<Minimum> {
  const corners = (v: Float64Array) =>
    v.reduce((sum, x, i) => sum + (l1[i] as number) * Math.abs(x), 0);
  const pauses = new Pauses();
  const turn = async () => {
    await pauses.turn();
    between.signal?.throwIfAborted();
  };
  let v = new Float64Array(problem.size);
  let { value, gradient } = await problem.evaluate(v);
  for (let nIter = 0; nIter < maxIter; nIter++) {
    await betweenRounds(between, {
      iteration: nIter,
      maxIterations: maxIter,
      value: value + corners(v),
    });
    const gram = await problem.hessian(v, between.signal);
    const product = multiply(gram, v).map((x, i) => x - (gradient[i] as number));
    const model = { gram, product, square: 0, l1, l2: new Float64Array(v.length) };
    const aim = await leastOf(model, v, turn);
    const step = aim.v.map((x, i) => x - (v[i] as number));
    const fall = dot(step, gradient) + corners(aim.v) - corners(v);
    const near = aim.exact && largest(step) <= tol * largest(aim.v);
    const [from, before] = [v, value + corners(v)];
    const slopeThere = near ? 0 : Number.POSITIVE_INFINITY;
    const next = await halved(1, async (length) => {
      const tried = length === 1 ? aim.v : from.map((x, i) => x + length * (step[i] as number));
      const there = await problem.evaluate(tried);
      await turn();
      const after = there.value + corners(tried);
      const good = fallsEnough(before, after, length * fall, slopeThere, NOISE);
      return good ? { v: tried, ...there } : undefined;
    });
    if (!next) return { v, value: value + corners(v), nIter, converged: near };
    ({ v, value, gradient } = next);
    if (near) return { v, value: value + corners(v), nIter: nIter + 1, converged: true };
  }
  return { v, value: value + corners(v), nIter: maxIter, converged: false };
}

/** The minimum of the model; not `exact` if coordinate descent has not determined which numbers are 0. */
async function leastOf(model: Quadratic, start: Float64Array, turn: () => Promise<void>) {
  const v = Float64Array.from(start);
  const image = multiply(model.gram, v);
  for (let look = 0; look < LOOKS; look++) {
    for (let k = 0; k < SWEEPS; k++) sweep(model, v, image, false);
    await turn();
    const solved = onSupport(model, v);
    if (solved) return { v: solved, exact: true };
  }
  return { v, exact: false };
}

/** The minimum of the model restricted to the signs of v, if it has those signs and no zero would move away from 0. */
function onSupport(
  { gram, product, l1 }: Quadratic,
  v: Float64Array,
): Float64Array<ArrayBuffer> | undefined {
  const n = v.length;
  const free = Array.from(v.keys()).filter((i) => v[i] !== 0 || l1[i] === 0);
  const m = free.length;
  const part = new Float64Array(m * m);
  free.forEach((i, a) => {
    free.forEach((j, b) => {
      part[a * m + b] = gram[i * n + j] as number;
    });
  });
  const l = cholesky(part, m);
  if (!l) return undefined;
  const side = (i: number) => (l1[i] as number) * Math.sign(v[i] as number);
  const solved = solveCholesky(
    l,
    Float64Array.from(free, (i) => (product[i] as number) - side(i)),
  );
  const result = new Float64Array(n);
  for (const [a, i] of free.entries()) {
    const x = solved[a] as number;
    if ((l1[i] as number) > 0 && x * (v[i] as number) <= 0) return undefined;
    result[i] = x;
  }
  const image = multiply(gram, result);
  const stays = (i: number) =>
    Math.abs((product[i] as number) - (image[i] as number)) <= (l1[i] as number) * (1 + 1e-9);
  return result.every((x, i) => x !== 0 || l1[i] === 0 || stays(i)) ? result : undefined;
}
