import { seeded } from "../../core/rng.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { scalingOf } from "../columns.ts";
import type { FitControl } from "../fit_options.ts";
import { checkFit, choice, samples, targets, weightKinds } from "../kinds.ts";
import { modelKind } from "../partial_fit.ts";
import { type FitWeights, readRegression } from "../sample_weight.ts";
import type { Samples, Targets } from "../samples.ts";
import { Unfitted } from "../unfitted.ts";
import {
  type DescentSettings,
  descendSamples,
  loadedWeights,
  noWeights,
  savedWeights,
} from "./descend_samples.ts";
import { FittedLinear, loadLinear, type SavedLinear } from "./fitted_linear.ts";
import { checkParts } from "./held_back.ts";
import type { RegressionLoss } from "./sgd_losses.ts";
import { type SGDOptions, sgdKinds, sgdSettings } from "./sgd_options.ts";

/** Options of `SGDRegressor`. */
export interface SGDRegressorOptions extends SGDOptions {
  /** Loss. Default "squaredError". */
  readonly loss?: RegressionLoss;
}

const who = "SGDRegressor";

/** Options of `partialFit` besides a part of the samples and their targets. */
interface PartOptions extends FitWeights {
  /** The model from the previous parts, which is not changed. Default: this is the first part. */
  readonly model?: FittedLinear | undefined;
}

const partialSignature = /* @__PURE__ */ signature("SGDRegressor.partialFit", {
  X: samples,
  y: targets,
  options: /* @__PURE__ */ options<PartOptions>({
    ...weightKinds,
    model: /* @__PURE__ */ modelKind(
      "SGDRegressor",
      (value) =>
        value instanceof FittedLinear &&
        value.estimator === "SGDRegressor" &&
        value.toJSON().learned !== undefined,
    ),
  }),
});

/**
 * Linear regression by stochastic gradient descent: one update per sample, in float64 on the host, since each update
 * depends on the previous one; with `shuffle: false` the numbers equal scikit-learn's. The result depends on the order,
 * number, units and offset of the samples: centre and scale them first (`StandardScaler`). Weights that overflow are
 * refused.
 */
export class SGDRegressor extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("SGDRegressor", {
    options: options<SGDRegressorOptions>({
      ...sgdKinds,
      loss: choice("squaredError", "huber", "epsilonInsensitive", "squaredEpsilonInsensitive"),
    }),
  });
  /** A regressor: whole numbers in y are not classes. */
  readonly isRegressor = true;

  readonly #settings: DescentSettings;
  readonly #randomState: number;

  constructor(given: SGDRegressorOptions = {}) {
    checkArguments(SGDRegressor.signature, arguments);
    super(given);
    const { loss = "squaredError", ...rest } = given;
    const rates = { learningRate: "invscaling", eta0: 0.01, powerT: 0.25 } as const;
    const defaults = { loss, classes: false, ...rates };
    this.#settings = sgdSettings("SGDRegressor", rest, defaults);
    this.#randomState = rest.randomState ?? 0;
  }

  /** y: targets [samples]. Throws `ShapeError` and `ValueError` for data that do not fit. */
  async fit(X: Samples, y: Targets, options: FitWeights & FitControl = {}): Promise<FittedLinear> {
    checkFit("SGDRegressor", arguments);
    return this.#learn(this.#settings, X, y, options);
  }

  /**
   * One pass over a part of the samples, continuing from `model`, the result of the previous parts, which is not changed:
   * for samples that do not fit into memory. Throws the errors of `fit`.
   */
  async partialFit(X: Samples, y: Targets, options: PartOptions = {}): Promise<FittedLinear> {
    checkArguments(partialSignature, arguments);
    checkParts(`${who}.partialFit`, this.#settings);
    const once = { ...this.#settings, maxIter: 1, tol: Number.NEGATIVE_INFINITY };
    return this.#learn(once, X, y, options);
  }

  /** The fitted model from the result of `toJSON`. Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedLinear): FittedLinear {
    return loadLinear("SGDRegressor", saved);
  }

  async #learn(
    settings: DescentSettings,
    X: Samples,
    y: Targets,
    { sampleWeight, model, signal, onProgress }: PartOptions & Pick<FitControl, "onProgress">,
  ): Promise<FittedLinear> {
    signal?.throwIfAborted();
    const before = model?.toJSON();
    const known = before && { features: before.shift.length };
    const read = await readRegression(who, X, y, sampleWeight, known);
    const { matrix, targets: numbers, weights: weight } = read;
    const { outputs = [], step = 1, calls = 0 } = before?.learned ?? {};
    const weights = outputs[0] ? loadedWeights(outputs[0]) : noWeights(matrix.features);
    const shift = before?.shift ?? [...scalingOf(matrix, true).shift];
    const random = seeded(this.#randomState + calls);
    const between = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
    const course = { ...between, step, random, before: 0 };
    const lessons = { y: numbers, weight };
    const ends = await descendSamples(who, matrix, lessons, weights, settings, course);
    const next = step + ends.nIter * matrix.samples;
    const mean = settings.average > 0 && settings.average <= next - 1;
    return new FittedLinear(who, {
      coef: [...(mean ? weights.meanCoef : weights.coef)],
      intercept: mean ? weights.meanIntercept : weights.intercept,
      shift,
      dualGap: 0,
      ...ends,
      learned: { outputs: [savedWeights(weights)], step: next, calls: calls + 1 },
    });
  }
}
