import { ValueError } from "../../core/errors.ts";
import { boolean } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { KeepsColumns } from "../column_names.ts";
import { checkData } from "../kinds.ts";
import { type FloatMatrix, readMatrix, type Samples } from "../samples.ts";
import { checkSaved, type Saved, sealed } from "../saved.ts";
import { type Fields, floats, orNull, size } from "../saved_fields.ts";
import { Unfitted } from "../unfitted.ts";
import { normalQuantile, quantileOf } from "./quantile.ts";
import { mapColumns, range } from "./scaler.ts";

/** Options of `RobustScaler`, with the names and defaults of scikit-learn. */
export interface RobustScalerOptions {
  /** Whether the median of each column is subtracted. Default true. */
  readonly withCentering?: boolean;
  /** Whether columns are divided by the difference of their quantiles. Default true. */
  readonly withScaling?: boolean;
  /** The two quantiles, in percent. Default [25, 75]. */
  readonly quantileRange?: readonly [number, number];
  /**
   * Whether normally distributed columns get variance 1: the difference of quantiles is divided by that of the standard
   * normal distribution. Default false.
   */
  readonly unitVariance?: boolean;
}

/** A fitted `RobustScaler` as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedRobustScaler extends Saved {
  /** `[features]`: medians; null without centring. */
  readonly center: readonly number[] | null;
  /** `[features]`: divisors of the columns; null without scaling. */
  readonly scale: readonly number[] | null;
  /** Number of features in fit. */
  readonly features: number;
}

const savedFields: Fields<SavedRobustScaler> = {
  features: /* @__PURE__ */ size("features"),
  center: /* @__PURE__ */ orNull(/* @__PURE__ */ floats("features")),
  scale: /* @__PURE__ */ orNull(/* @__PURE__ */ floats("features")),
};

/**
 * Subtracts the median of every feature and divides by the difference of two of its quantiles, so that outliers have little
 * influence. A feature with equal quantiles is only shifted. Quantiles are interpolated between samples: repeated rows
 * change them. Results have the precision of float64; a feature for which that is not possible is refused by name.
 */
export class RobustScaler extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("RobustScaler", {
    options: options<RobustScalerOptions>({
      withCentering: boolean,
      withScaling: boolean,
      quantileRange: range,
      unitVariance: boolean,
    }),
  });

  readonly #options: Required<RobustScalerOptions>;

  constructor(options: RobustScalerOptions = {}) {
    checkArguments(RobustScaler.signature, arguments);
    super(options);
    const { withCentering = true, withScaling = true, unitVariance = false } = options;
    const { quantileRange = [25, 75] } = options;
    checkRange(quantileRange, unitVariance);
    this.#options = { withCentering, withScaling, quantileRange, unitVariance };
  }

  /** Learns median and quantiles of every column of X [samples, features]. */
  async fit(X: Samples): Promise<FittedRobustScaler> {
    checkData("RobustScaler.fit", arguments);
    const { host, samples, features } = await readMatrix("RobustScaler", X);
    const { withCentering, withScaling, quantileRange, unitVariance } = this.#options;
    const [low, high] = quantileRange.map((q) => q / 100) as [number, number];
    const normal = unitVariance ? normalQuantile(high) - normalQuantile(low) : 1;
    const [center, scale] = [new Float64Array(features), new Float64Array(features)];
    for (let c = 0; c < features; c++) {
      const column = Float64Array.from(
        { length: samples },
        (_, i) => host[i * features + c] as number,
      ).sort();
      center[c] = quantileOf(column, 0.5);
      scale[c] = (quantileOf(column, high) - quantileOf(column, low)) / normal || 1;
    }
    return new FittedRobustScaler(
      withCentering ? center : undefined,
      withScaling ? scale : undefined,
      features,
    );
  }

  /** `fit`, and the transformed X. */
  async fitTransform(X: Samples): Promise<FloatMatrix> {
    return (await this.fit(X)).transform(X);
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedRobustScaler): FittedRobustScaler {
    checkSaved<SavedRobustScaler>("RobustScaler", saved, savedFields);
    const { center, scale, features } = saved;
    return new FittedRobustScaler(
      center ? Float64Array.from(center) : undefined,
      scale ? Float64Array.from(scale) : undefined,
      features,
    );
  }
}

function checkRange([low, high]: readonly [number, number], unitVariance: boolean): void {
  if (!(low >= 0 && low < high && high <= 100)) {
    throw new ValueError(
      `RobustScaler: expected quantileRange [low, high] with 0 ≤ low < high ≤ 100, got [${low}, ${high}]; the default is [25, 75]`,
    );
  }
  if (!unitVariance || (low > 0 && high < 100)) return;
  throw new ValueError(
    `RobustScaler: expected quantiles within (0, 100) for unitVariance, got [${low}, ${high}]; a normal distribution has no minimum or maximum`,
  );
}

/** Result of `RobustScaler.fit`: centre and scale of every column, `transform` and `inverseTransform`. */
export class FittedRobustScaler extends KeepsColumns {
  /** `[features]`: medians; undefined without centring. */
  readonly center: Float64Array<ArrayBuffer> | undefined;
  /** `[features]`: divisors of the columns; undefined without scaling. */
  readonly scale: Float64Array<ArrayBuffer> | undefined;
  readonly #features: number;

  constructor(
    center: Float64Array<ArrayBuffer> | undefined,
    scale: Float64Array<ArrayBuffer> | undefined,
    features: number,
  ) {
    super();
    this.center = center;
    this.scale = scale;
    this.#features = features;
  }

  /** Number of features in fit. */
  get nFeaturesIn(): number {
    return this.#features;
  }

  protected get namedAs() {
    return "RobustScaler";
  }

  /** (X − median) / scale, [samples, features]. */
  transform(X: Samples): Promise<FloatMatrix> {
    const { center, scale } = this;
    return mapColumns(
      "RobustScaler.transform",
      X,
      this.#features,
      (value, c) => (value - (center?.[c] ?? 0)) / (scale?.[c] ?? 1),
    );
  }

  /** X · scale + median, [samples, features]. */
  inverseTransform(X: Samples): Promise<FloatMatrix> {
    const { center, scale } = this;
    return mapColumns(
      "RobustScaler.inverseTransform",
      X,
      this.#features,
      (value, c) => value * (scale?.[c] ?? 1) + (center?.[c] ?? 0),
    );
  }

  /** The fitted model as plain data, for `fromJSON` of its estimator. */
  toJSON(): SavedRobustScaler {
    const { center, scale } = this;
    return sealed({
      estimator: "RobustScaler",
      center: center ? [...center] : null,
      scale: scale ? [...scale] : null,
      features: this.#features,
    });
  }
}
