import { boolean } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { KeepsColumns } from "../column_names.ts";
import { momentsOf } from "../columns.ts";
import { checkData } from "../kinds.ts";
import { type FloatMatrix, readMatrix, type Samples } from "../samples.ts";
import { checkSaved, type Saved, sealed } from "../saved.ts";
import { type Fields, flag, floats, listOf, notNegative } from "../saved_fields.ts";
import { mapColumns } from "./scaler.ts";

/** Options of `StandardScaler`. */
export interface StandardScalerOptions {
  /** Whether means are taken off. Default true. */
  readonly withMean?: boolean;
  /** Whether columns are divided by their standard deviations. Default true. */
  readonly withStd?: boolean;
}

/** A fitted `StandardScaler` as JSON: what `toJSON` gives and `fromJSON` takes. */
export interface SavedStandardScaler extends Saved {
  /** [features] */
  readonly mean: readonly number[];
  /** [features], of all samples. */
  readonly variance: readonly number[];
  /** Whether means are taken off. */
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
 * Brings every feature to mean 0 and standard deviation 1 (of all samples, not of samples − 1, as scikit-learn's). A constant
 * feature is only shifted.
 * Digits are float64's or refused by feature: the rule at the head of `ml/samples.ts`.
 */
export class StandardScaler {
  static readonly signature = /* @__PURE__ */ signature("StandardScaler", {
    options: options<StandardScalerOptions>({ withMean: boolean, withStd: boolean }),
  });

  readonly #options: Required<StandardScalerOptions>;

  constructor(options: StandardScalerOptions = {}) {
    checkArguments(StandardScaler.signature, arguments);
    const { withMean = true, withStd = true } = options;
    this.#options = { withMean, withStd };
  }

  /** Learns means and deviations of X [samples, features], in float64. */
  async fit(X: Samples): Promise<FittedStandardScaler> {
    checkData("StandardScaler.fit", arguments);
    const { mean, variance } = momentsOf(await readMatrix("StandardScaler", X));
    return new FittedStandardScaler(mean, variance, this.#options);
  }

  /** `fit`, and X as it comes out. */
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

/** What `StandardScaler.fit` found: mean and scale of every column, `transform` and `inverseTransform`. */
export class FittedStandardScaler extends KeepsColumns {
  /** [features] */
  readonly mean: Float64Array<ArrayBuffer>;
  /** [features] */
  readonly variance: Float64Array<ArrayBuffer>;
  /** `[features]`: what columns are divided by; 1 for a constant feature. */
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

  /** Features of fit. */
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

  /** The fitted model as plain data, which `fromJSON` of its estimator reads. */
  toJSON(): SavedStandardScaler {
    const { mean, variance } = this;
    const estimator = "StandardScaler";
    return sealed({ estimator, mean: [...mean], variance: [...variance], ...this.#options });
  }
}
