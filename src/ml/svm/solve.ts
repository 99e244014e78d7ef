import { ValueError } from "../../core/errors.ts";
import { betweenRounds, type FitControl } from "../fit_options.ts";
import { coefficientsOf, type Dual, gapOf, interceptOf, objectiveOf } from "./dual.ts";
import type { KernelMatrix } from "./kernel_matrix.ts";
import { type Change, solveWithin } from "./subproblem.ts";
import { nextWorkingSet } from "./working_set.ts";

export interface SolveOptions extends FitControl {
  /** The gap at which the solver ends. */
  readonly tol: number;
  /** Maximum number of steps, each of a pair of variables; −1 for libsvm's limit. */
  readonly maxIter: number;
}

/** Maximum number of steps: libsvm's own limit by default. */
export const limitOf = (maxIter: number, variables: number): number =>
  maxIter < 0 ? Math.max(1e7, 100 * variables) : maxIter;

/** A solved machine. */
export interface Machine {
  /** `[samples]`: Σ sα, 0 for samples that are not support vectors. */
  readonly coef: Float64Array<ArrayBuffer>;
  readonly intercept: number;
  /** The minimum of the dual. */
  readonly objective: number;
  /** Number of steps, each of a pair of variables. */
  readonly nIter: number;
  readonly converged: boolean;
}

/** Number of variables that are optimized at once. */
export const WORKING_SET = 128;
/** Number of rounds without a smaller gap after which the precision of f32 is exhausted. */
const PATIENCE = 100;

/**
 * Working-set decomposition (Joachims 1999; Wen et al. 2018): the variables with the largest gains are optimized among
 * themselves, in float64; the resulting change for all samples is computed from rows of the kernel matrix on the GPU and
 * added up in float64.
 */
export async function solveDual(
  dual: Dual,
  kernel: KernelMatrix,
  { tol, maxIter, ...between }: SolveOptions,
): Promise<Machine> {
  const alpha = new Float64Array(dual.p.length);
  const state = { alpha, f: new Float64Array(kernel.samples) };
  const size = Math.min(WORKING_SET, alpha.length, kernel.room);
  const limit = limitOf(maxIter, alpha.length);
  let [nIter, waited, least] = [0, 0, Number.POSITIVE_INFINITY];
  let set: number[] = [];
  const owed = new Float64Array(kernel.samples);
  for (;;) {
    const gap = gapOf(dual, state);
    waited = gap < 0.99 * least ? 0 : waited + 1;
    least = Math.min(least, gap);
    const converged = gap <= tol;
    if (converged || nIter >= limit || waited > PATIENCE)
      return machineOf(dual, state, nIter, converged);
    await betweenRounds(between, { iteration: nIter, maxIterations: limit, value: gap });
    set = nextWorkingSet(dual, state, set, size);
    const inner = Math.max(0.1 * gap, 0.5 * tol);
    const change = solveWithin(dual, state, set, (a, b) => kernel.value(a, b), inner);
    nIter += change.steps;
    if (change.steps === 0) return machineOf(dual, state, nIter, false);
    await apply(kernel, state.f, owed, change);
  }
}

/** f ← f + Σ Δcoef·K. The rounding error of a Δcoef in f32 is kept in `owed`, and added to the next Δcoef of its sample. */
async function apply(
  kernel: KernelMatrix,
  f: Float64Array,
  owed: Float64Array,
  { rows, coef }: Pick<Change, "rows" | "coef">,
): Promise<void> {
  const changed: number[] = [];
  const by: number[] = [];
  rows.forEach((row, at) => {
    const wanted = (coef[at] as number) + (owed[row] as number);
    const given = Math.fround(wanted);
    owed[row] = wanted - given;
    if (wanted === 0) return;
    changed.push(row);
    by.push(given);
  });
  const sums = await kernel.combination(changed, by);
  const bad = sums.find((value) => !Number.isFinite(value));
  if (bad !== undefined) {
    throw new ValueError(
      `support vector machine: expected kernels and their sums below 3.4e38, got ${bad}; scale the features, or lower gamma, ` +
        "degree or C",
    );
  }
  sums.forEach((value, i) => {
    f[i] = (f[i] as number) + value;
  });
}

/** The machine for the state of the dual. */
export function machineOf(
  dual: Dual,
  state: Parameters<typeof gapOf>[1],
  nIter: number,
  converged: boolean,
): Machine {
  return {
    coef: coefficientsOf(dual, state.alpha, state.f.length),
    intercept: interceptOf(dual, state),
    objective: objectiveOf(dual, state),
    nIter,
    converged,
  };
}
