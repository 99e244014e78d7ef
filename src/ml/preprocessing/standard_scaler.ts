import { boolean } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { KeepsColumns } from "../column_names.ts";
import { momentsOf } from "../columns.ts";
import { checkData } from "../kinds.ts";
import { type FloatMatrix, readMatrix, type Samples } from "../samples.ts";
import { checkSaved, type Saved, sealed } from "../saved.ts";
import { type Fields, flag, floats, listOf, notNegative } from "../saved_fields.ts";
import { Unfitted } from "../unfitted.ts";
import { mapColumns } from "./scaler.ts";

/** Options of `StandardScaler`. */
export interface StandardScalerOptions {
  /** Whether the mean of each column is subtracted. Default true. */
  readonly withMean?: boolean;
  /** Whether columns are divided by their standard deviations. Default true. */
  readonly withStd?: boolean;
}

/** A fitted `StandardScaler` as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedStandardScaler extends Saved {
  /** [features] */
  readonly mean: readonly number[];
  /** [features], divided by the number of samples. */
  readonly variance: readonly number[];
  /** Whether means are subtracted. */
  readonly withMean: boolean;
  /** Whether columns are divided by their standard deviations. */
  readonly withStd: boolean;
}

const savedFields: Fields<SavedStandardScaler> = {
  mean: /* @__PURE__ */ floats("features"),
  variance: /* @__PURE__ */ listOf(notNegative, "features"),
  withMean: flag,
  withStd: flag,
};

/**
 * Shifts and scales every feature to mean 0 and standard deviation 1 (divided by samples, not samples − 1, as in
 * scikit-learn). A constant feature is only shifted. Results have the precision of float64; a feature for which that is not
 * possible is refused by name.
 *
 * @example
 * ```ts
 * import { StandardScaler } from "wgrad/ml";
 * const scaler = await new StandardScaler().fit([[1], [3]]);
 * console.log((await scaler.transform([[1], [3], [5]])).data); // [-1, 1, 3]
 * ```
 */
export class StandardScaler extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("StandardScaler", {
    options: options<StandardScalerOptions>({ withMean: boolean, withStd: boolean }),
  });

  readonly #options: Required<StandardScalerOptions>;

  constructor(options: StandardScalerOptions = {}) {
    checkArguments(StandardScaler.signature, arguments);
    super(options);
    const { withMean = true, withStd = true } = options;
    this.#options = { withMean, withStd };
  }

  /** Learns means and standard deviations of X [samples, features], in float64. */
  async fit(X: Samples): Promise<FittedStandardScaler> {
    checkData("StandardScaler.fit", arguments);
    const { mean, variance } = momentsOf(await readMatrix("StandardScaler", X));
    return new FittedStandardScaler(mean, variance, this.#options);
  }

  /** `fit`, and the transformed X. */
  async fitTransform(X: Samples): Promise<FloatMatrix> {
    return (await this.fit(X)).transform(X);
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedStandardScaler): FittedStandardScaler {
    checkSaved<SavedStandardScaler>("StandardScaler", saved, savedFields);
    const { mean, variance, ...options } = saved;
    return new FittedStandardScaler(Float64Array.from(mean), Float64Array.from(variance), options);
  }
}

/** Result of `StandardScaler.fit`: mean and scale of every column, `transform` and `inverseTransform`. */
export class FittedStandardScaler extends KeepsColumns {
  /** [features] */
  readonly mean: Float64Array<ArrayBuffer>;
  /** [features] */
  readonly variance: Float64Array<ArrayBuffer>;
  /** `[features]`: divisors of the columns; 1 for a constant feature. */
  readonly scale: Float64Array<ArrayBuffer>;
  readonly #options: Required<StandardScalerOptions>;
  readonly #from: Float64Array;

  constructor(
    mean: Float64Array<ArrayBuffer>,
    variance: Float64Array<ArrayBuffer>,
    { withMean, withStd }: Required<StandardScalerOptions>,
  ) {
    super();
    this.mean = mean;
    this.variance = variance;
    this.scale = variance.map((v) => (withStd && v > 0 ? Math.sqrt(v) : 1));
    this.#options = { withMean, withStd };
    this.#from = withMean ? mean : new Float64Array(mean.length);
  }

  /** Number of features in fit. */
  get nFeaturesIn(): number {
    return this.mean.length;
  }

  protected get namedAs() {
    return "StandardScaler";
  }

  /** (X − mean) / scale, [samples, features]. */
  transform(X: Samples): Promise<FloatMatrix> {
    const [from, scale] = [this.#from, this.scale];
    return mapColumns(
      "StandardScaler.transform",
      X,
      from.length,
      (value, c) => (value - (from[c] as number)) / (scale[c] as number),
    );
  }

  /** X · scale + mean, [samples, features]. */
  inverseTransform(X: Samples): Promise<FloatMatrix> {
    const [from, scale] = [this.#from, this.scale];
    return mapColumns(
      "StandardScaler.inverseTransform",
      X,
      from.length,
      (value, c) => value * (scale[c] as number) + (from[c] as number),
    );
  }

  /** The fitted model as plain data, for `fromJSON` of its estimator. */
  toJSON(): SavedStandardScaler {
    const { mean, variance } = this;
    const estimator = "StandardScaler";
    return sealed({ estimator, mean: [...mean], variance: [...variance], ...this.#options });
  }
}
