import { seeded } from "../../src/core/rng.ts";
import { strongWolfe } from "../../src/optim/second_order/line_search.ts";

/** ½·xᵀAx − bᵀx with a symmetric positive definite A [n, n] whose numbers are exact in float32. */
export function convexProblem(n: number, seed: number) {
  const random = seeded(seed);
  const m = Float64Array.from({ length: n * n }, () => 2 * random() - 1);
  const a = Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = i === j ? 0.5 : 0;
    for (let k = 0; k < n; k++) sum += ((m[i * n + k] as number) * (m[j * n + k] as number)) / n;
    return Math.fround(sum);
  });
  const numbers = () => Array.from({ length: n }, () => Math.fround(2 * random() - 1));
  return { n, a, b: numbers(), start: numbers() };
}

type Problem = ReturnType<typeof convexProblem>;
type Vector = readonly number[];

const dot = (a: Vector, b: Vector) =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
const along = (x: Vector, t: number, d: Vector) =>
  x.map((value, i) => value + t * (d[i] as number));
const minus = (a: Vector, b: Vector) => along(a, -1, b);
const absSum = (g: Vector) => g.reduce((sum, value) => sum + Math.abs(value), 0);

const gradient = ({ n, a, b }: Problem, x: Vector) =>
  x.map((_, i) => dot(Array.from(a.subarray(i * n, (i + 1) * n)), x) - (b[i] as number));
const loss = (problem: Problem, x: Vector) => {
  const g = gradient(problem, x);
  return (dot(g, x) - dot(problem.b, x)) / 2;
};

/** Solves A·x = b for a positive definite A by Gauss-Jordan elimination, in float64. */
export function solve(a: ArrayLike<number>, b: Vector): number[] {
  const n = b.length;
  const rows = b.map((value, i) => [
    ...Array.from({ length: n }, (_, j) => a[i * n + j] as number),
    value,
  ]);
  for (let k = 0; k < n; k++) {
    const pivot = [...(rows[k] as number[])];
    rows.forEach((row, i) => {
      if (i === k) return;
      const factor = (row[k] as number) / (pivot[k] as number);
      pivot.forEach((value, j) => {
        row[j] = (row[j] as number) - factor * value;
      });
    });
  }
  return rows.map((row, k) => (row[n] as number) / (row[k] as number));
}

/** The step length of a strong Wolfe line search from x along d, trying t first. */
async function wolfe(problem: Problem, x: Vector, d: Vector, t: number, c2: number) {
  const evaluate = async (step: number) => {
    const to = along(x, step, d);
    return { t: step, loss: loss(problem, to), slope: dot(gradient(problem, to), d) };
  };
  const { trial } = await strongWolfe(evaluate, await evaluate(0), await evaluate(t), { c2 });
  return trial.t;
}

/** L-BFGS (Nocedal and Wright, algorithms 7.4 and 7.5) in float64: the points after each step. */
export async function textbookLbfgs(
  problem: Problem,
  {
    lr = 1,
    historySize = 100,
    lineSearch,
  }: { lr?: number; historySize?: number; lineSearch?: string },
  steps: number,
): Promise<number[][]> {
  let x: Vector = problem.start;
  let g: Vector = gradient(problem, x);
  const pairs: { s: Vector; y: Vector }[] = [];
  const path: number[][] = [];
  for (let k = 0; k < steps; k++) {
    const d = twoLoops(g, pairs).map((value) => -value);
    const first = k === 0 ? Math.min(1, 1 / absSum(g)) * lr : lr;
    const t = lineSearch ? await wolfe(problem, x, d, first, 0.9) : first;
    const next = along(x, t, d);
    const after = gradient(problem, next);
    pairs.push({ s: minus(next, x), y: minus(after, g) });
    if (pairs.length > historySize) pairs.shift();
    [x, g] = [next, after];
    path.push([...next]);
  }
  return path;
}

function twoLoops(g: Vector, pairs: readonly { s: Vector; y: Vector }[]): Vector {
  let q = g;
  const alphas: number[] = [];
  for (const { s, y } of [...pairs].reverse()) {
    const alpha = dot(s, q) / dot(y, s);
    alphas.unshift(alpha);
    q = along(q, -alpha, y);
  }
  const newest = pairs.at(-1);
  const gamma = newest ? dot(newest.s, newest.y) / dot(newest.y, newest.y) : 1;
  return pairs.reduce<Vector>(
    (r, { s, y }, i) => along(r, (alphas[i] as number) - dot(y, r) / dot(y, s), s),
    q.map((value) => gamma * value),
  );
}

/** Nonlinear conjugate gradients (Nocedal and Wright, section 5.2) in float64: the points after each step. */
export async function textbookCg(
  problem: Problem,
  formula: "fletcherReeves" | "polakRibiere",
  steps: number,
): Promise<number[][]> {
  let x: Vector = problem.start;
  let g: Vector = gradient(problem, x);
  let d: Vector = g.map((value) => -value);
  let step = Math.min(1, 1 / absSum(g));
  const path: number[][] = [];
  for (let k = 0; k < steps; k++) {
    const slope = dot(g, d);
    const t = await wolfe(problem, x, d, step, 0.1);
    x = along(x, t, d);
    const after = gradient(problem, x);
    const beta =
      formula === "fletcherReeves"
        ? dot(after, after) / dot(g, g)
        : Math.max(0, dot(after, minus(after, g)) / dot(g, g));
    d = d.map((value, i) => beta * value - (after[i] as number));
    g = after;
    step = (t * slope) / dot(g, d);
    path.push([...x]);
  }
  return path;
}
