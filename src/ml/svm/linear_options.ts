import { ValueError } from "../../core/errors.ts";
import { boolean, number } from "../../core/kinds.ts";

/** What both linear machines take. */
export interface LinearMachineOptions {
  /** Price of a miss, > 0. Default 1. */
  readonly C?: number;
  /** Whether a constant b is learned, too. Default true. */
  readonly fitIntercept?: boolean;
  /**
   * b has the penalty ½·(b / interceptScaling)², as liblinear's: the larger this is, the less. Infinity: none, as `SVC` and
   * `SVR`; then the losses without squares are learned as theirs are, and need `fitIntercept`. Default 1.
   */
  readonly interceptScaling?: number;
  /**
   * How near the optimum it stops, as a share: of the largest coefficient, by features of deviation 1, the last step of squared
   * losses; of the square root of the objective, what w may be off for the others. Problems too large for float64 on the host:
   * the largest slope of the mean loss, or of a sample in the dual. Default 1e-4.
   */
  readonly tol?: number;
  /** Most rounds. Default 1000. */
  readonly maxIter?: number;
}

/** What they may be; their ranges are for `checkLinearMachine`. */
export const linearMachineKinds = {
  C: number,
  fitIntercept: boolean,
  interceptScaling: number,
  tol: number,
  maxIter: number,
};

/** Throws `ValueError` for options out of their ranges. */
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

/** With what is left out. */
export const withLinearDefaults = ({
  C = 1,
  fitIntercept = true,
  interceptScaling = 1,
  tol = 1e-4,
  maxIter = 1000,
}: LinearMachineOptions): Required<LinearMachineOptions> => ({
  ...{ C, fitIntercept, interceptScaling, tol, maxIter },
});
