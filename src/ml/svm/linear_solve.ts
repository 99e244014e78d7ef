import type { FitControl } from "../fit_options.ts";
import { type Minimum, minimise } from "../linear_model/minimise.ts";
import { newton } from "../linear_model/newton.ts";
import { framed, frameOf } from "../points.ts";
import type { HostMatrix } from "../samples.ts";
import type { Dual } from "./dual.ts";
import { KernelMatrix } from "./kernel_matrix.ts";
import { dualDescent } from "./linear_descent.ts";
import { interiorPoint } from "./linear_interior.ts";
import { SquaredMachine } from "./linear_newton.ts";
import type { LinearMachineOptions } from "./linear_options.ts";
import { FloatRows, LinearUnknowns } from "./linear_unknowns.ts";
import { type Miss, PrimalProblem } from "./primal.ts";
import { type SolveOptions, solveDual, WORKING_SET } from "./solve.ts";

/** Maximum number of multiplications for second derivatives on the host. */
const MOST_ON_HOST = 2 ** 26;

/** The solution, in the features' own units. */
export interface LinearMachine {
  readonly coef: readonly number[]; // [outputs, features]
  readonly intercept: readonly number[]; // [outputs]
  /** A location of the samples. */
  readonly shift: readonly number[]; // [features]
  readonly nIter: number;
  readonly converged: boolean;
}

type Options = Required<LinearMachineOptions> & FitControl;

const fitsHost = (samples: number, { size }: LinearUnknowns): boolean =>
  (samples * size * size) / 2 <= MOST_ON_HOST;

/** One machine with squared losses for each column of `target` [samples, outputs]. */
export async function solveSquared(
  given: HostMatrix,
  target: Float64Array,
  prices: Float64Array,
  miss: Miss,
  options: Options,
): Promise<LinearMachine> {
  const outputs = target.length / given.samples;
  const unknowns = new LinearUnknowns(given, prices, options);
  const { size } = unknowns;
  if (!fitsHost(given.samples, unknowns)) {
    return squaredOnGpu(given, target, prices, { miss, unknowns, ...options });
  }
  const rows = new FloatRows(unknowns.rows(given), size);
  const found: LinearMachine[] = [];
  for (let k = 0; k < outputs; k++) {
    const own = Float64Array.from(prices, (_, i) => target[i * outputs + k] as number);
    const machine = new SquaredMachine(unknowns, rows, own, prices, miss);
    found.push(machineOf(unknowns, await newton(machine, new Float64Array(size), options)));
  }
  return together(found);
}

/** A machine whose losses correspond to the variables of a dual. */
export async function solveHinges(
  given: HostMatrix,
  dual: Dual,
  { maxIter, tol, fitIntercept, interceptScaling, ...options }: Options,
): Promise<LinearMachine> {
  const { C: _, ...between } = options;
  if (interceptScaling === Number.POSITIVE_INFINITY)
    return solveFree(given, dual, { tol, maxIter: -1, ...between });
  const unknowns = new LinearUnknowns(given, dual.C, { fitIntercept, interceptScaling });
  if (fitsHost(given.samples, unknowns)) {
    const rows = new FloatRows(unknowns.rows(given), unknowns.size);
    const found = await interiorPoint(unknowns, rows, counted(dual), { tol, maxIter, ...between });
    return machineOf(unknowns, found);
  }
  const scaling = fitIntercept ? interceptScaling : 0;
  const found = await dualDescent(given, dual, scaling, { tol, maxIter, ...between });
  return { ...found, intercept: [found.intercept], shift: [...unknowns.shift] };
}

/** The variables with a price above 0. */
function counted({ sign, row, p, C }: Dual): Dual {
  const costs = (_: number, i: number) => (C[i] as number) > 0;
  return {
    sign: sign.filter(costs),
    row: row.filter(costs),
    p: p.filter(costs),
    C: C.filter(costs),
  };
}

/** Machines of one output each, combined into one with all outputs. */
export function together(machines: readonly LinearMachine[]): LinearMachine {
  return {
    coef: machines.flatMap(({ coef }) => coef),
    intercept: machines.flatMap(({ intercept }) => intercept),
    shift: machines[0]?.shift ?? [],
    nIter: Math.max(...machines.map(({ nIter }) => nIter)),
    converged: machines.every(({ converged }) => converged),
  };
}

const machineOf = (unknowns: LinearUnknowns, { v, nIter, converged }: Minimum): LinearMachine => {
  const { coef, intercept } = unknowns.inUnits(v);
  return { coef, intercept: [intercept], shift: [...unknowns.shift], nIter, converged };
};

async function squaredOnGpu(
  given: HostMatrix,
  target: Float64Array,
  prices: Float64Array,
  { miss, unknowns, maxIter, tol, ...options }: Options & { miss: Miss; unknowns: LinearUnknowns },
): Promise<LinearMachine> {
  const { signal, onProgress } = options;
  const problem = new PrimalProblem(given, target, prices, { miss, unknowns });
  try {
    const between = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
    const l1 = new Float64Array(problem.size);
    const found = await minimise(problem, { maxIter, tol, l1, ...between });
    const { size } = unknowns;
    const of = Array.from({ length: problem.outputs }, (_, k) => {
      const v = found.v.slice(k * size, (k + 1) * size);
      return machineOf(unknowns, { ...found, v });
    });
    return together(of);
  } finally {
    problem.dispose();
  }
}

/** Reciprocal of the largest number in the frame of points, which is about 2^40. */
const UNIT = 2 ** -40;

/**
 * The function without a penalty of its constant: w [features] = Σ coef·x that minimizes the dual. Solved about the
 * medians, which changes only the constant, and in a unit in which numbers are about 1: with K = K'/unit² and coef =
 * unit²·coef', C is scaled like coef.
 */
async function solveFree(
  matrix: HostMatrix,
  dual: Dual,
  options: SolveOptions,
): Promise<LinearMachine> {
  const kernel = { kind: "linear", gamma: 1, coef0: 0, degree: 1 } as const;
  const { shift, ...frame } = frameOf(matrix);
  const unit = frame.scale * UNIT;
  const own = framed(matrix, { shift, scale: unit });
  const rows = new KernelMatrix(own, kernel, WORKING_SET);
  try {
    const C = dual.C.map((price) => price / unit ** 2);
    const machine = await solveDual({ ...dual, C }, rows, options);
    const d = matrix.features;
    const coef = new Float64Array(d);
    machine.coef.forEach((weight, i) => {
      if (weight === 0) return;
      for (let c = 0; c < d; c++) {
        coef[c] = (coef[c] as number) + unit * weight * (own.host[i * d + c] as number);
      }
    });
    const moved = coef.reduce((sum, w, c) => sum + w * (shift[c] as number), 0);
    const { nIter, converged } = machine;
    const intercept = [machine.intercept - moved];
    return { coef: [...coef], intercept, shift: [...shift], nIter, converged };
  } finally {
    rows.dispose();
  }
}
