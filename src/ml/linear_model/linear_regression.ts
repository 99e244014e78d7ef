import { boolean } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { betweenRounds, type FitControl } from "../fit_options.ts";
import { checkFit } from "../kinds.ts";
import type { FitWeights } from "../sample_weight.ts";
import type { Samples, Targets } from "../samples.ts";
import { Unfitted } from "../unfitted.ts";
import { FittedLinear, loadLinear, type SavedLinear } from "./fitted_linear.ts";
import { inUnits, type LeastSquares, leastSquares } from "./least_squares.ts";
import { solveRidge } from "./solve.ts";

/** Options of `LinearRegression`. */
export interface LinearRegressionOptions {
  /** Whether an intercept is learned. Default true. */
  readonly fitIntercept?: boolean;
}

/**
 * Ordinary least squares: the w that minimises Σ (y − X·w − intercept)²; for collinear features the one with the smallest
 * norm. The products of X [samples, features] are computed on the GPU to about ten digits; the system with one unknown per
 * feature is solved in float64. Throws `ShapeError` and `ValueError` for X and y that do not fit, or are not finite. X is
 * shifted and scaled in float64, then rounded to f32 for the GPU, without a check of precision: groups of close numbers
 * that are very far apart may become one number each.
 *
 * @example
 * ```ts
 * import { LinearRegression } from "wgrad/ml";
 * const model = await new LinearRegression().fit([[0], [1], [2]], [1, 3, 5]);
 * console.log(model.coef, model.intercept); // [2] 1
 * ```
 */
export class LinearRegression extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("LinearRegression", {
    options: options<LinearRegressionOptions>({ fitIntercept: boolean }),
  });
  /** A regressor: whole numbers in y are not classes. */
  readonly isRegressor = true;

  readonly #fitIntercept: boolean;

  constructor(options: LinearRegressionOptions = {}) {
    checkArguments(LinearRegression.signature, arguments);
    super(options);
    this.#fitIntercept = options.fitIntercept ?? true;
  }

  /** Fits X `[samples, features]` to y `[samples]`. Throws `ShapeError`, `ValueError`. */
  async fit(X: Samples, y: Targets, options: FitWeights & FitControl = {}): Promise<FittedLinear> {
    checkFit("LinearRegression", arguments);
    const fitIntercept = this.#fitIntercept;
    const problem = await leastSquares("LinearRegression", X, y, { fitIntercept, ...options });
    await betweenRounds(options, { iteration: 1, maxIterations: 1 });
    return direct("LinearRegression", problem, solveRidge(problem, 0));
  }

  /** The fitted model from the result of `toJSON`. Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedLinear): FittedLinear {
    return loadLinear("LinearRegression", saved);
  }
}

/** The model for a v that was computed without iterations. */
export function direct(who: string, problem: LeastSquares, v: Float64Array): FittedLinear {
  const { coef, intercept } = inUnits(problem, v);
  const shift = [...problem.shift];
  const rest = { shift, nIter: 0, dualGap: 0, converged: true };
  return new FittedLinear(who, { coef: [...coef], intercept, ...rest });
}
