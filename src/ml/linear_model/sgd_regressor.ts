import { seeded } from "../../core/rng.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { scalingOf } from "../columns.ts";
import type { FitOptions } from "../fit_options.ts";
import { checkFit, choice } from "../kinds.ts";
import { type FitWeights, readWeights } from "../sample_weight.ts";
import { readMatrix, readTargets, type Samples, type Targets } from "../samples.ts";
import {
  type DescentSettings,
  descendSamples,
  noWeights,
  type Weights,
} from "./descend_samples.ts";
import { FittedLinear, loadLinear, type SavedLinear } from "./fitted_linear.ts";
import type { RegressionLoss } from "./sgd_losses.ts";
import { type SGDOptions, sgdKinds, sgdSettings } from "./sgd_options.ts";

export interface SGDRegressorOptions extends SGDOptions {
  /** Default "squaredError". */
  readonly loss?: RegressionLoss;
}

/** What `partialFit` has learned. */
interface Learned {
  readonly weights: Weights;
  readonly shift: Float64Array; // [features]
  /** Updates made, plus 1. */
  readonly step: number;
  readonly calls: number;
}

/**
 * Linear regression by stochastic gradient descent: one update a sample, in float64 on the host, as each update needs the one
 * before; with `shuffle: false` the numbers are scikit-learn's.
 * What it learns depends on the order, number and units of the samples, and on how far they are from 0: centre and scale
 * them first (`StandardScaler`). Weights that overflow are refused.
 */
export class SGDRegressor {
  static readonly signature = /* @__PURE__ */ signature("SGDRegressor", {
    options: options<SGDRegressorOptions>({
      ...sgdKinds,
      loss: choice("squaredError", "huber", "epsilonInsensitive", "squaredEpsilonInsensitive"),
    }),
  });

  readonly #settings: DescentSettings;
  readonly #randomState: number;
  #learned: Learned | undefined;

  constructor({ loss = "squaredError", ...rest }: SGDRegressorOptions = {}) {
    checkArguments(SGDRegressor.signature, arguments);
    const defaults = { loss, learningRate: "invscaling", eta0: 0.01, powerT: 0.25 } as const;
    this.#settings = sgdSettings("SGDRegressor", rest, defaults);
    this.#randomState = rest.randomState ?? 0;
  }

  /** y: numbers [samples]. Throws `ShapeError` and `ValueError` for data that do not fit. */
  async fit(X: Samples, y: Targets, options: FitWeights & FitOptions = {}): Promise<FittedLinear> {
    checkFit("SGDRegressor", arguments);
    return (await this.#learn(this.#settings, undefined, X, y, options)).model;
  }

  /**
   * One pass over a part of the data, from where the last call ended: parts can come from data larger than memory. A call
   * that fails changes nothing; `fit` neither uses nor changes what was learned here. Throws as `fit`.
   */
  async partialFit(
    X: Samples,
    y: Targets,
    options: FitWeights & FitOptions = {},
  ): Promise<FittedLinear> {
    checkFit("SGDRegressor", arguments, undefined, "partialFit");
    const once = { ...this.#settings, maxIter: 1, tol: Number.NEGATIVE_INFINITY };
    const { model, learned } = await this.#learn(once, this.#learned, X, y, options);
    this.#learned = learned;
    return model;
  }

  static fromJSON(saved: SavedLinear): FittedLinear {
    return loadLinear("SGDRegressor", saved);
  }

  async #learn(
    settings: DescentSettings,
    before: Learned | undefined,
    X: Samples,
    y: Targets,
    { sampleWeight, ...between }: FitWeights & FitOptions,
  ): Promise<{ readonly model: FittedLinear; readonly learned: Learned }> {
    between.signal?.throwIfAborted();
    const who = "SGDRegressor";
    const matrix = await readMatrix(who, X, before && { features: before.shift.length });
    const targets = await readTargets(who, y, matrix.samples);
    const weight = await readWeights(who, sampleWeight, matrix.samples);
    const weights = before ? structuredClone(before.weights) : noWeights(matrix.features);
    const { step, calls } = before ?? { step: 1, calls: 0 };
    const shift = before?.shift ?? scalingOf(matrix, true).shift;
    const random = seeded(this.#randomState + calls);
    const course = { ...between, step, random, before: 0 };
    const ends = await descendSamples(
      who,
      matrix,
      { y: targets, weight },
      weights,
      settings,
      course,
    );
    const next = step + ends.nIter * matrix.samples;
    const mean = settings.average > 0 && settings.average <= next - 1;
    const model = new FittedLinear(who, {
      coef: [...(mean ? weights.meanCoef : weights.coef)],
      intercept: mean ? weights.meanIntercept : weights.intercept,
      shift: [...shift],
      dualGap: 0,
      ...ends,
    });
    return { model, learned: { weights, shift, step: next, calls: calls + 1 } };
  }
}
