import type { FitControl } from "../fit_options.ts";
import type { IndexedLabels } from "../labels.ts";
import type { HostMatrix } from "../samples.ts";
import { ExactLogistic } from "./exact_logistic.ts";
import { LogisticProblem } from "./logistic_problem.ts";
import { type Minimum, minimise } from "./minimise.ts";
import { newton, solveDamped } from "./newton.ts";
import { proximalNewton } from "./proximal_newton.ts";

/** Maximum number of multiplications for which a Newton step is computed on the host. */
const MOST_ON_HOST = 2 ** 26;

export interface LogisticSettings {
  readonly penalty: "l2" | "l1" | "elasticnet" | "none";
  readonly C: number;
  readonly l1Ratio: number;
  readonly fitIntercept: boolean;
  readonly solver: "lbfgs" | "newton-cholesky";
  readonly tol: number;
  readonly maxIter: number;
}

/** The solution, in the original units of the features. */
export interface LogisticSolution {
  readonly coef: number[];
  readonly intercept: number[];
  readonly shift: number[];
  readonly nIter: number;
  readonly converged: boolean;
  /** The mean loss with its penalty, divided by C. */
  readonly loss: number;
}

/** Logistic regression with one output for two classes, one per class for more. */
export async function solveLogistic(
  matrix: HostMatrix,
  labels: IndexedLabels,
  weights: Float64Array,
  settings: LogisticSettings,
  between: FitControl,
): Promise<LogisticSolution> {
  const { penalty, C, l1Ratio, fitIntercept, tol, maxIter } = settings;
  const exact = new ExactLogistic(matrix, labels, weights, fitIntercept);
  const share = { l2: 0, l1: 1, elasticnet: l1Ratio, none: 0 }[penalty];
  const strength = penalty === "none" ? 0 : 1 / (C * weights.reduce((a, b) => a + b, 0));
  const columns = Array.from({ length: exact.columns }, (_, c) => c);
  exact.free = strength === 0 ? columns : columns.slice(matrix.features);
  exact.l2 = exact.penalties((factor) => strength * (1 - share) * factor * factor);
  const l1 = exact.penalties((factor) => strength * share * factor);
  const cost = (exact.size ** 2 * (matrix.samples + exact.size / 3)) / 2;
  const start = new Float64Array(exact.size);
  const rounds = { maxIter, tol, ...between };
  let found: Minimum;
  if (cost > MOST_ON_HOST) {
    const problem = new LogisticProblem(matrix, labels, weights, fitIntercept);
    problem.free = exact.free;
    problem.l2 = exact.l2;
    found = await onGpu(problem, exact, l1, { ...settings, ...between });
  } else if (share > 0) found = await proximalNewton(exact, l1, rounds);
  else found = await newton(exact, start, rounds);
  const { nIter, converged, value } = found;
  const v = share === 0 && exact.outputs > 1 ? centred(found.v, exact) : found.v;
  return { ...exact.inUnits(v), nIter, converged, loss: value };
}

/**
 * For several classes only differences matter: Σ w² is smallest if the classes' coefficients sum to 0, however small the
 * penalty.
 */
function centred(v: Float64Array, { outputs, columns }: ExactLogistic): Float64Array {
  return v.map((value, at) => {
    let sum = 0;
    for (let k = at % columns; k < v.length; k += columns) sum += v[k] as number;
    return value - sum / outputs;
  });
}

/** Runs most rounds on the GPU, where losses and curvature are f32; smooth problems are finished with slopes in float64. */
async function onGpu(
  problem: LogisticProblem,
  exact: ExactLogistic,
  l1: Float64Array,
  { solver, ...rounds }: LogisticSettings & FitControl,
): Promise<Minimum> {
  const { size } = exact;
  const evaluate = (v: Float64Array) => exact.evaluate(v);
  try {
    if (solver === "newton-cholesky") {
      const step = async (v: Float64Array, gradient: Float64Array, signal?: AbortSignal) =>
        solveDamped(await problem.hessian(v, signal), gradient);
      return await newton({ size, evaluate, step }, new Float64Array(size), rounds);
    }
    const found = await minimise(problem, { ...rounds, l1 });
    if (l1.some((weight) => weight > 0)) return found;
    const step = (v: Float64Array, gradient: Float64Array, signal?: AbortSignal) =>
      problem.step(v, gradient, signal);
    return await newton({ size, evaluate, step }, found.v, { ...rounds, nIter: found.nIter });
  } finally {
    problem.dispose();
  }
}
