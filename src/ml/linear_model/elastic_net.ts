import { ValueError } from "../../core/errors.ts";
import { boolean, number } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import type { FitControl } from "../fit_options.ts";
import { checkFit } from "../kinds.ts";
import type { FitWeights } from "../sample_weight.ts";
import type { Samples, Targets } from "../samples.ts";
import { Unfitted } from "../unfitted.ts";
import { coordinateDescent, type Descent, type DescentOptions } from "./coordinate_descent.ts";
import { FittedLinear, loadLinear, type SavedLinear } from "./fitted_linear.ts";
import { inUnits, type LeastSquares, leastSquares } from "./least_squares.ts";
import { checkAlpha, type RidgeOptions } from "./ridge.ts";
import { solveRidge } from "./solve.ts";

/** Options of `Lasso`, with the names and defaults of scikit-learn except where noted. */
export interface LassoOptions extends RidgeOptions {
  /** Maximum number of sweeps over the coefficients. Default 10 000: they are short, since they do not read the samples. */
  readonly maxIter?: number;
  /** The duality gap at which it stops, as a fraction of Σ y². Default 1e-10. */
  readonly tol?: number;
  /** Whether coefficients are constrained to be ≥ 0. Default false. */
  readonly positive?: boolean;
}

/** Options of `ElasticNet`: α, and its division between ‖w‖₁ and ‖w‖². */
export interface ElasticNetOptions extends LassoOptions {
  /** Fraction of ‖w‖₁ in the penalty, in [0, 1]. Default 0.5. */
  readonly l1Ratio?: number;
}

/** Kinds of the options of a lasso, except the weight of its penalty. */
export const sweepKinds = {
  fitIntercept: boolean,
  maxIter: number,
  tol: number,
  positive: boolean,
};

/**
 * Linear least squares with sparse coefficients: the w that minimises Σ (y − X·w − intercept)² / (2·samples) +
 * alpha·l1Ratio·‖w‖₁ + ½·alpha·(1 − l1Ratio)·‖w‖² (Zou and Hastie 2005). Throws `ShapeError` and `ValueError`. The penalty
 * depends on the units of features: scale them with `StandardScaler`. Since the squares scale with another power of the
 * unit, `l1Ratio` cannot express both parts for features below 2^-50. X is shifted and scaled in float64, then rounded to
 * f32 for the GPU, without a check of precision: groups of close numbers that are very far apart may become one number
 * each.
 */
export class ElasticNet extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("ElasticNet", {
    options: options<ElasticNetOptions>({ ...sweepKinds, alpha: number, l1Ratio: number }),
  });
  /** A regressor: whole numbers in y are not classes. */
  readonly isRegressor = true;

  readonly #options: Required<ElasticNetOptions>;

  constructor(options: ElasticNetOptions = {}) {
    checkArguments(ElasticNet.signature, arguments);
    super(options);
    this.#options = withDefaults("ElasticNet", options);
  }

  /** Fits X `[samples, features]` to y `[samples]`. Throws `ShapeError`, `ValueError`. */
  async fit(X: Samples, y: Targets, options: FitWeights & FitControl = {}): Promise<FittedLinear> {
    checkFit("ElasticNet", arguments);
    return fitElastic("ElasticNet", this.#options, X, y, options);
  }

  /** The fitted model from the result of `toJSON`. Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedLinear): FittedLinear {
    return loadLinear("ElasticNet", saved);
  }
}

/**
 * `ElasticNet` with only the penalty alpha·‖w‖₁ (Tibshirani 1996). The penalty depends on the units of features: scale them
 * with `StandardScaler`. X is shifted and scaled in float64, then rounded to f32 for the GPU, without a check of precision:
 * groups of close numbers that are very far apart may become one number each.
 *
 * @example
 * ```ts
 * import { Lasso } from "wgrad/ml";
 * const X = [[0, 1], [1, 0], [2, 1], [3, 0]]; // the second column says nothing
 * const { coef } = await new Lasso({ alpha: 0.1 }).fit(X, [0, 1, 2, 3]);
 * console.log(coef); // [0.92, 0]
 * ```
 */
export class Lasso extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("Lasso", {
    options: options<LassoOptions>({ ...sweepKinds, alpha: number }),
  });
  /** A regressor: whole numbers in y are not classes. */
  readonly isRegressor = true;

  readonly #options: Required<ElasticNetOptions>;

  constructor(options: LassoOptions = {}) {
    checkArguments(Lasso.signature, arguments);
    super(options);
    this.#options = withDefaults("Lasso", { ...options, l1Ratio: 1 });
  }

  /** Fits X `[samples, features]` to y `[samples]`. Throws `ShapeError`, `ValueError`. */
  async fit(X: Samples, y: Targets, options: FitWeights & FitControl = {}): Promise<FittedLinear> {
    checkFit("Lasso", arguments);
    return fitElastic("Lasso", this.#options, X, y, options);
  }

  /** The fitted model from the result of `toJSON`. Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedLinear): FittedLinear {
    return loadLinear("Lasso", saved);
  }
}

function withDefaults(who: string, options: ElasticNetOptions): Required<ElasticNetOptions> {
  const { alpha = 1, l1Ratio = 0.5, fitIntercept = true } = options;
  const { maxIter = 10_000, tol = 1e-10, positive = false } = options;
  const given = { alpha, l1Ratio, fitIntercept, maxIter, tol, positive };
  checkElastic(who, given);
  return given;
}

async function fitElastic(
  who: string,
  own: Required<ElasticNetOptions>,
  X: Samples,
  y: Targets,
  given: FitWeights & FitControl,
): Promise<FittedLinear> {
  const problem = await leastSquares(who, X, y, { fitIntercept: own.fitIntercept, ...given });
  const start = new Float64Array(problem.features);
  return linearOf(who, problem, await descend(problem, { ...given, ...own }, start));
}

function checkElastic(who: string, options: Required<ElasticNetOptions>): void {
  const { alpha, l1Ratio, maxIter, tol } = options;
  checkAlpha(who, alpha);
  if (!(l1Ratio >= 0 && l1Ratio <= 1)) {
    throw new ValueError(
      `${who}: expected l1Ratio in [0, 1], got ${l1Ratio}; 1 is the lasso, 0 ridge regression`,
    );
  }
  if (!(Number.isInteger(maxIter) && maxIter >= 1 && tol >= 0)) {
    throw new ValueError(
      `${who}: expected a whole maxIter ≥ 1 and tol ≥ 0, got ${maxIter} and ${tol}; leave them out for the defaults`,
    );
  }
}

type Penalty = Pick<Required<ElasticNetOptions>, "alpha" | "l1Ratio">;

/** The v that minimises the objective, in the problem's units; without an l1 term it is computed directly. */
export async function descend(
  problem: LeastSquares,
  { alpha, l1Ratio, ...options }: Penalty & DescentOptions,
  start: Float64Array,
): Promise<Descent> {
  const { weight, yFactor, factor, gram, product, square } = problem;
  if (alpha * l1Ratio === 0 && !options.positive) {
    const v = solveRidge(problem, alpha * weight);
    return { v, nIter: 0, dualGap: 0, converged: true };
  }
  const l1 = Float64Array.from(factor, (f) => weight * alpha * l1Ratio * yFactor * f);
  const l2 = Float64Array.from(factor, (f) => weight * alpha * (1 - l1Ratio) * f * f);
  return coordinateDescent({ gram, product, square, l1, l2 }, start, options);
}

/** The model from the result of the descent; its gap is converted to the objective's units. */
function linearOf(who: string, problem: LeastSquares, found: Descent): FittedLinear {
  const { coef, intercept } = inUnits(problem, found.v);
  const { nIter, converged } = found;
  const dualGap = found.dualGap / (problem.weight * problem.yFactor ** 2);
  const shift = [...problem.shift];
  return new FittedLinear(who, { coef: [...coef], intercept, shift, nIter, dualGap, converged });
}
