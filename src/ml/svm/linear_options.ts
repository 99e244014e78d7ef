import { ValueError } from "../../core/errors.ts";
import { boolean, number } from "../../core/kinds.ts";
import { framed, frameOf } from "../points.ts";
import type { HostMatrix } from "../samples.ts";
import type { Dual } from "./dual.ts";
import { KernelMatrix } from "./kernel_matrix.ts";
import { type SolveOptions, solveDual, WORKING_SET } from "./solve.ts";

/** What both linear machines take. */
export interface LinearMachineOptions {
  /** Price of a miss, > 0. Default 1. */
  readonly C?: number;
  /** Whether a constant is learned, too; it has no penalty. Default true; the losses without squares need it. */
  readonly fitIntercept?: boolean;
  /** The largest slope at which squared losses stop, or the violation of the optimum of the others. Default 1e-4. */
  readonly tol?: number;
  /** Most rounds of squared losses. Default 1000. */
  readonly maxIter?: number;
}

/** What they may be; their ranges are for `checkLinearMachine`. */
export const linearMachineKinds = {
  C: number,
  fitIntercept: boolean,
  tol: number,
  maxIter: number,
};

/** Throws `ValueError` for options out of their ranges. */
export function checkLinearMachine(
  who: string,
  { C, fitIntercept, tol, maxIter }: Required<LinearMachineOptions>,
  squared: boolean,
): void {
  const refuse = (expected: string, got: unknown, advice: string): never => {
    throw new ValueError(`${who}: expected ${expected}, got ${got}; ${advice}`);
  };
  if (!(C > 0 && Number.isFinite(C))) refuse("C > 0", C, "the default is 1");
  if (!(tol > 0)) refuse("tol > 0", tol, "the default is 1e-4");
  if (!(Number.isInteger(maxIter) && maxIter >= 1))
    refuse("a whole maxIter ≥ 1", maxIter, "the default is 1000");
  if (!squared && !fitIntercept)
    refuse("fitIntercept with this loss", "none", "take the squared loss without it");
}

/** Of the largest number in the frame of points, which is about 2^40. */
const UNIT = 2 ** -40;

/**
 * The linear function of least dual: w [features] = Σ coef·x, and its constant. Solved about the medians, which changes nothing
 * but the constant, and in a unit in which numbers are about 1: of K = K'/unit² and coef = unit²·coef', C is that of coef'.
 */
export async function solveLinear(matrix: HostMatrix, dual: Dual, options: SolveOptions) {
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
    return { ...machine, coef, intercept: machine.intercept - moved, shift };
  } finally {
    rows.dispose();
  }
}
