import { ValueError } from "../../core/errors.ts";
import { boolean, number } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { betweenRounds, type FitControl } from "../fit_options.ts";
import { checkFit } from "../kinds.ts";
import type { FitWeights } from "../sample_weight.ts";
import type { Samples, Targets } from "../samples.ts";
import { Unfitted } from "../unfitted.ts";
import { type FittedLinear, loadLinear, type SavedLinear } from "./fitted_linear.ts";
import { leastSquares } from "./least_squares.ts";
import { direct, type LinearRegressionOptions } from "./linear_regression.ts";
import { solveRidge } from "./solve.ts";

/** Options of `Ridge`. */
export interface RidgeOptions extends LinearRegressionOptions {
  /** Factor of ‖w‖², ≥ 0. Default 1. */
  readonly alpha?: number;
}

/**
 * Linear least squares with a penalty: the w that minimises Σ (y − X·w − intercept)² + alpha·‖w‖² (Hoerl and Kennard 1970).
 * The intercept is not penalised. Throws `ShapeError` and `ValueError`. The penalty depends on the units of features: scale
 * them with `StandardScaler`. X is shifted and scaled in float64, then rounded to f32 for the GPU, without a check of
 * precision: groups of close numbers that are very far apart may become one number each.
 *
 * @example
 * ```ts
 * import { Ridge } from "wgrad/ml";
 * const model = await new Ridge({ alpha: 1 }).fit([[0], [1], [2]], [0, 1, 2]);
 * console.log(model.coef, model.intercept); // [0.6667] 0.3333
 * ```
 */
export class Ridge extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("Ridge", {
    options: options<RidgeOptions>({ fitIntercept: boolean, alpha: number }),
  });
  /** A regressor: whole numbers in y are not classes. */
  readonly isRegressor = true;

  readonly #alpha: number;
  readonly #fitIntercept: boolean;

  constructor(options: RidgeOptions = {}) {
    checkArguments(Ridge.signature, arguments);
    super(options);
    const { alpha = 1, fitIntercept = true } = options;
    checkAlpha("Ridge", alpha);
    this.#alpha = alpha;
    this.#fitIntercept = fitIntercept;
  }

  /** Fits X `[samples, features]` to y `[samples]`. Throws `ShapeError`, `ValueError`. */
  async fit(X: Samples, y: Targets, options: FitWeights & FitControl = {}): Promise<FittedLinear> {
    checkFit("Ridge", arguments);
    const fitIntercept = this.#fitIntercept;
    const problem = await leastSquares("Ridge", X, y, { fitIntercept, ...options });
    await betweenRounds(options, { iteration: 1, maxIterations: 1 });
    return direct("Ridge", problem, solveRidge(problem, this.#alpha));
  }

  /** The fitted model from the result of `toJSON`. Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedLinear): FittedLinear {
    return loadLinear("Ridge", saved);
  }
}

/** Throws `ValueError` unless `alpha` is valid. */
export function checkAlpha(who: string, alpha: number): void {
  if (alpha >= 0 && Number.isFinite(alpha)) return;
  throw new ValueError(`${who}: expected alpha ≥ 0, got ${alpha}; 0 is no penalty`);
}
