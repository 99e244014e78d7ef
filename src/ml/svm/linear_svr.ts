import { ValueError } from "../../core/errors.ts";
import { number } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import type { FitOptions } from "../fit_options.ts";
import { checkFit, choice } from "../kinds.ts";
import { FittedLinear, loadLinear, type SavedLinear } from "../linear_model/fitted_linear.ts";
import { type FitWeights, readWeights } from "../sample_weight.ts";
import { readMatrix, readTargets, type Samples, type Targets } from "../samples.ts";
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
  /** Half the width of the tube in which errors cost nothing, ≥ 0. Default 0. */
  readonly epsilon?: number;
  /** "epsilonInsensitive" (|error| − ε)₊ or "squaredEpsilonInsensitive", its square. Default "epsilonInsensitive". */
  readonly loss?: "epsilonInsensitive" | "squaredEpsilonInsensitive";
}

/**
 * Linear support vector regression: w and b of least ½‖w‖² + ½·(b / interceptScaling)² + C·Σ loss, the optimum of liblinear. How
 * it is found: as `LinearSVC`, by the squared loss or the other.
 * The penalty of b counts where the features have their 0: a shift changes the answer, and a constant feature is one more b.
 * `interceptScaling: Infinity` leaves it out. The penalty counts features by their units: `StandardScaler` makes them alike.
 * X is shifted and scaled in float64, then f32 where the GPU computes: the rule at the head of `ml/samples.ts`, unchecked.
 */
export class LinearSVR {
  static readonly signature = /* @__PURE__ */ signature("LinearSVR", {
    options: options<LinearSVROptions>({
      ...linearMachineKinds,
      epsilon: number,
      loss: choice("epsilonInsensitive", "squaredEpsilonInsensitive"),
    }),
  });

  readonly #options: Required<LinearSVROptions>;

  constructor(options: LinearSVROptions = {}) {
    checkArguments(LinearSVR.signature, arguments);
    const { epsilon = 0, loss = "epsilonInsensitive", ...rest } = options;
    this.#options = { ...withLinearDefaults(rest), epsilon, loss };
    if (!(epsilon >= 0 && Number.isFinite(epsilon))) {
      throw new ValueError(`LinearSVR: expected epsilon ≥ 0, got ${epsilon}; the default is 0`);
    }
    checkLinearMachine("LinearSVR", this.#options, loss === "squaredEpsilonInsensitive");
  }

  /** Throws `ShapeError` and `ValueError` for data that do not fit. */
  async fit(X: Samples, y: Targets, options: FitWeights & FitOptions = {}): Promise<FittedLinear> {
    checkFit("LinearSVR", arguments);
    const { sampleWeight, ...between } = options;
    between.signal?.throwIfAborted();
    const who = "LinearSVR";
    const matrix = await readMatrix(who, X);
    const targets = await readTargets(who, y, matrix.samples);
    const weights = await readWeights(who, sampleWeight, matrix.samples);
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
