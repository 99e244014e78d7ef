import { ValueError } from "../../core/errors.ts";
import { number } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import type { FitControl } from "../fit_options.ts";
import { checkFit, choice } from "../kinds.ts";
import { FittedLinear, loadLinear, type SavedLinear } from "../linear_model/fitted_linear.ts";
import { type FitWeights, readRegression } from "../sample_weight.ts";
import type { Samples, Targets } from "../samples.ts";
import { Unfitted } from "../unfitted.ts";
import {
  checkLinearMachine,
  type LinearMachineOptions,
  linearMachineKinds,
  withLinearDefaults,
} from "./linear_options.ts";
import { solveHinges, solveSquared } from "./linear_solve.ts";
import { regressionDual } from "./svr.ts";

/** Options of `LinearSVR`. */
export interface LinearSVROptions extends LinearMachineOptions {
  /** Half the width of the tube within which errors have no loss, ≥ 0. Default 0. */
  readonly epsilon?: number;
  /** "epsilonInsensitive" (|error| − ε)₊ or "squaredEpsilonInsensitive", its square. Default "epsilonInsensitive". */
  readonly loss?: "epsilonInsensitive" | "squaredEpsilonInsensitive";
}

/**
 * Linear support vector regression: w and b that minimize ½‖w‖² + ½·(b / interceptScaling)² + C·Σ loss, the optimum of
 * liblinear. The methods are those of `LinearSVC` for its squared loss and for the other. Because b has a penalty, the
 * origin of the features matters: a shift changes the result, and a constant feature acts as another b. `interceptScaling:
 * Infinity` removes this penalty. The penalty depends on the units of features: scale them with `StandardScaler`. X is
 * shifted and scaled in float64, then rounded to f32 for the GPU, without a check of precision: groups of close numbers
 * that are very far apart may become one number each.
 */
export class LinearSVR extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("LinearSVR", {
    options: options<LinearSVROptions>({
      ...linearMachineKinds,
      epsilon: number,
      loss: choice("epsilonInsensitive", "squaredEpsilonInsensitive"),
    }),
  });
  /** A regressor: whole numbers in y are not classes. */
  readonly isRegressor = true;

  readonly #options: Required<LinearSVROptions>;

  constructor(options: LinearSVROptions = {}) {
    checkArguments(LinearSVR.signature, arguments);
    super(options);
    const { epsilon = 0, loss = "epsilonInsensitive", ...rest } = options;
    this.#options = { ...withLinearDefaults(rest), epsilon, loss };
    if (!(epsilon >= 0 && Number.isFinite(epsilon))) {
      throw new ValueError(`LinearSVR: expected epsilon ≥ 0, got ${epsilon}; the default is 0`);
    }
    checkLinearMachine("LinearSVR", this.#options, loss === "squaredEpsilonInsensitive");
  }

  /** Throws `ShapeError` and `ValueError` for invalid data. */
  async fit(X: Samples, y: Targets, options: FitWeights & FitControl = {}): Promise<FittedLinear> {
    checkFit("LinearSVR", arguments);
    const { sampleWeight, ...between } = options;
    between.signal?.throwIfAborted();
    const who = "LinearSVR";
    const { matrix, targets, weights } = await readRegression(who, X, y, sampleWeight);
    const { C, epsilon, loss } = this.#options;
    const settings = { ...this.#options, ...between };
    const tube = { kind: "tube", epsilon } as const;
    const prices = weights.map((w) => C * w);
    const { intercept, ...found } =
      loss === "epsilonInsensitive"
        ? await solveHinges(matrix, regressionDual(targets, weights, C, epsilon), settings)
        : await solveSquared(matrix, targets, prices, tube, settings);
    return new FittedLinear(who, { ...found, intercept: intercept[0] as number, dualGap: 0 });
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedLinear): FittedLinear {
    return loadLinear("LinearSVR", saved);
  }
}
