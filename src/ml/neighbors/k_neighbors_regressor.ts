import { checkArguments, options, signature } from "../../core/signature.ts";
import { type SignalOption, samples, stopKind, targets } from "../kinds.ts";
import { readMatrix, readTargets, type Samples, type Targets } from "../samples.ts";
import { checkSaved } from "../saved.ts";
import { type ScoreOptions, scoreNumbers } from "../scoring.ts";
import { Unfitted } from "../unfitted.ts";
import {
  checkEnough,
  FittedNeighbors,
  type KeptData,
  keptOf,
  type NeighborsOptions,
  neighborFields,
  neighborKinds,
  type SavedNeighbors,
  withNeighborDefaults,
} from "./fitted_neighbors.ts";

const fitSignature = /* @__PURE__ */ signature("KNeighborsRegressor.fit", {
  X: samples,
  y: targets,
  options: stopKind,
});

/**
 * Regression by the mean of the nearest samples. Exact, as `KNeighborsClassifier`. Features are weighted by their units:
 * scale them with `StandardScaler`. Results have the precision of float64; a feature for which that is not possible is
 * refused by name.
 *
 * @example
 * ```ts
 * import { KNeighborsRegressor } from "wgrad/ml";
 * const model = await new KNeighborsRegressor({ nNeighbors: 2 }).fit([[0], [1], [5]], [0, 2, 10]);
 * console.log(await model.predict([[0.4]])); // [1]
 * ```
 */
export class KNeighborsRegressor extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("KNeighborsRegressor", {
    options: options<NeighborsOptions>(neighborKinds),
  });
  /** A regressor: whole numbers in y are not classes. */
  readonly isRegressor = true;
  readonly #options: Required<NeighborsOptions>;

  constructor(options: NeighborsOptions = {}) {
    checkArguments(KNeighborsRegressor.signature, arguments);
    super(options);
    this.#options = withNeighborDefaults("KNeighborsRegressor", options);
  }

  /** y [samples]. Keeps the samples. Throws `ShapeError` and `ValueError` for data that do not fit. */
  async fit(
    X: Samples,
    y: Targets,
    options: SignalOption = {},
  ): Promise<FittedKNeighborsRegressor> {
    checkArguments(fitSignature, arguments);
    options.signal?.throwIfAborted();
    const who = "KNeighborsRegressor";
    const matrix = await readMatrix(who, X);
    checkEnough(who, matrix.samples, this.#options.nNeighbors);
    const targets = await readTargets(who, y, matrix.samples);
    return new FittedKNeighborsRegressor({ matrix, y: [...targets], options: this.#options });
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedNeighbors<number>): FittedKNeighborsRegressor {
    checkSaved<SavedNeighbors>("KNeighborsRegressor", saved, neighborFields);
    return new FittedKNeighborsRegressor(keptOf(saved));
  }
}

/** The samples that `KNeighborsRegressor.fit` keeps, with `predict`. */
export class FittedKNeighborsRegressor extends FittedNeighbors {
  /** The class that fitted it. */
  readonly estimator = "KNeighborsRegressor";
  readonly #y: readonly number[];

  constructor(kept: KeptData<number>) {
    super(kept);
    this.#y = kept.y;
  }

  /** `[samples]`: weighted means of the neighbours' targets. */
  async predict(X: Samples): Promise<Float64Array<ArrayBuffer>> {
    const all = await this.weighed(X);
    return Float64Array.from(all, (neighbors) => {
      const total = neighbors.reduce((sum, { weight }) => sum + weight, 0);
      const sum = neighbors.reduce(
        (s, { row, weight }) => s + weight * (this.#y[row] as number),
        0,
      );
      return sum / total;
    });
  }

  /** R² of the predictions, by weight. */
  score(X: Samples, y: Targets, options: ScoreOptions = {}): Promise<number> {
    return scoreNumbers(this, X, y, options);
  }
}
