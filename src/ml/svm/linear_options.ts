import { ValueError } from "../../core/errors.ts";
import { boolean, number } from "../../core/kinds.ts";

/** Common options of both linear machines. */
export interface LinearMachineOptions {
  /** Weight of the losses relative to the penalty, > 0. Default 1. */
  readonly C?: number;
  /** Whether to learn a constant b. Default true. */
  readonly fitIntercept?: boolean;
  /**
   * b has the penalty ½·(b / interceptScaling)², as in liblinear: the larger this is, the smaller the penalty. Infinity: no
   * penalty, as in `SVC` and `SVR`; then losses without squares are solved by their method, and `fitIntercept` must be
   * true. Default 1.
   */
  readonly interceptScaling?: number;
  /**
   * Relative tolerance of the optimum. Squared losses: the last step relative to the largest coefficient, for features of
   * standard deviation 1. Other losses: the error of w relative to the square root of the objective. Problems too large for
   * float64 on the host: the largest slope of the mean loss, or of a sample in the dual. Default 1e-4.
   */
  readonly tol?: number;
  /** Maximum number of rounds. Default 1000. */
  readonly maxIter?: number;
}

/** Kinds of the options; `checkLinearMachine` checks their ranges. */
export const linearMachineKinds = {
  C: number,
  fitIntercept: boolean,
  interceptScaling: number,
  tol: number,
  maxIter: number,
};

/** Throws `ValueError` for options outside their ranges. */
export function checkLinearMachine(
  who: string,
  { C, fitIntercept, interceptScaling, tol, maxIter }: Required<LinearMachineOptions>,
  squared: boolean,
): void {
  const refuse = (expected: string, got: unknown, advice: string): never => {
    throw new ValueError(`${who}: expected ${expected}, got ${got}; ${advice}`);
  };
  if (!(C > 0 && Number.isFinite(C))) refuse("C > 0", C, "the default is 1");
  if (!(tol > 0)) refuse("tol > 0", tol, "the default is 1e-4");
  if (!(Number.isInteger(maxIter) && maxIter >= 1))
    refuse("a whole maxIter ≥ 1", maxIter, "the default is 1000");
  if (!(interceptScaling > 0))
    refuse("interceptScaling > 0", interceptScaling, "the default is 1, Infinity is no penalty");
  if (!squared && !fitIntercept && interceptScaling === Number.POSITIVE_INFINITY)
    refuse("fitIntercept with this loss and no penalty", "none", "leave interceptScaling out");
}

/** The options with defaults. */
export const withLinearDefaults = ({
  C = 1,
  fitIntercept = true,
  interceptScaling = 1,
  tol = 1e-4,
  maxIter = 1000,
}: LinearMachineOptions): Required<LinearMachineOptions> => ({
  ...{ C, fitIntercept, interceptScaling, tol, maxIter },
});
