import { ValueError } from "../../core/errors.ts";
import { boolean } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { KeepsColumns } from "../column_names.ts";
import { checkData } from "../kinds.ts";
import { type FloatMatrix, readMatrix, type Samples } from "../samples.ts";
import { checkSaved, type Saved, sealed } from "../saved.ts";
import { type Fields, flag, floats, optional, where } from "../saved_fields.ts";
import { Unfitted } from "../unfitted.ts";
import { mapColumns, range } from "./scaler.ts";

/** Options of `MinMaxScaler`. */
export interface MinMaxScalerOptions {
  /** Minimum and maximum of the transformed samples of fit. Default [0, 1]. */
  readonly featureRange?: readonly [number, number];
  /** Whether numbers beyond those of fit become the ends of the range. Default false. */
  readonly clip?: boolean;
}

/** A fitted `MinMaxScaler` as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedMinMaxScaler extends Saved {
  /** `[features]`: the minimum of each column. */
  readonly dataMin: readonly number[];
  /** `[features]`: the maximum of each column. */
  readonly dataMax: readonly number[];
  /** Range of the transformed columns. */
  readonly featureRange: readonly [number, number];
  /** Whether numbers beyond those of fit become the ends of the range. */
  readonly clip?: boolean;
}

const savedFields: Fields<SavedMinMaxScaler> = {
  dataMin: /* @__PURE__ */ floats("features"),
  dataMax: /* @__PURE__ */ floats("features"),
  featureRange: /* @__PURE__ */ where(
    /* @__PURE__ */ floats(2),
    "[low, high] with low < high",
    ([low, high]: readonly [number, number]) => low < high,
  ),
  clip: /* @__PURE__ */ optional(flag),
};

/**
 * Scales every feature to a range, [0, 1] by default; a constant feature becomes its lower end. Results have the precision
 * of float64; a feature for which that is not possible is refused by name.
 */
export class MinMaxScaler extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("MinMaxScaler", {
    options: options<MinMaxScalerOptions>({ featureRange: range, clip: boolean }),
  });

  readonly #range: readonly [number, number];
  readonly #clip: boolean;

  constructor(options: MinMaxScalerOptions = {}) {
    checkArguments(MinMaxScaler.signature, arguments);
    super(options);
    const [low, high] = options.featureRange ?? [0, 1];
    if (!(low < high && Number.isFinite(high - low))) {
      throw new ValueError(
        `MinMaxScaler: expected featureRange [low, high] with low < high, got [${low}, ${high}]; the default is [0, 1]`,
      );
    }
    this.#range = [low, high];
    this.#clip = options.clip ?? false;
  }

  /** Learns the minimum and maximum of every column of X [samples, features]. */
  async fit(X: Samples): Promise<FittedMinMaxScaler> {
    checkData("MinMaxScaler.fit", arguments);
    const { host, features } = await readMatrix("MinMaxScaler", X);
    const dataMin = Float64Array.from(host.subarray(0, features));
    const dataMax = Float64Array.from(dataMin);
    host.forEach((value, at) => {
      const c = at % features;
      if (value < (dataMin[c] as number)) dataMin[c] = value;
      if (value > (dataMax[c] as number)) dataMax[c] = value;
    });
    return new FittedMinMaxScaler(dataMin, dataMax, this.#range, this.#clip);
  }

  /** `fit`, and the transformed X. */
  async fitTransform(X: Samples): Promise<FloatMatrix> {
    return (await this.fit(X)).transform(X);
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedMinMaxScaler): FittedMinMaxScaler {
    checkSaved<SavedMinMaxScaler>("MinMaxScaler", saved, savedFields);
    const { dataMin, dataMax, featureRange, clip = false } = saved;
    return new FittedMinMaxScaler(
      Float64Array.from(dataMin),
      Float64Array.from(dataMax),
      featureRange,
      clip,
    );
  }
}

/** Result of `MinMaxScaler.fit`: the minimum and maximum of every column, `transform` and `inverseTransform`. */
export class FittedMinMaxScaler extends KeepsColumns {
  /** [features] */
  readonly dataMin: Float64Array<ArrayBuffer>;
  /** [features] */
  readonly dataMax: Float64Array<ArrayBuffer>;
  readonly #range: readonly [number, number];
  readonly #clip: boolean;

  constructor(
    dataMin: Float64Array<ArrayBuffer>,
    dataMax: Float64Array<ArrayBuffer>,
    featureRange: readonly [number, number],
    clip: boolean,
  ) {
    super();
    this.dataMin = dataMin;
    this.dataMax = dataMax;
    this.#range = featureRange;
    this.#clip = clip;
  }

  /** Number of features in fit. */
  get nFeaturesIn(): number {
    return this.dataMin.length;
  }

  protected get namedAs() {
    return "MinMaxScaler";
  }

  /** [samples, features] scaled to the range; values beyond those of fit fall outside it, or become its ends by `clip`. */
  transform(X: Samples): Promise<FloatMatrix> {
    const [low, high] = this.#range;
    return mapColumns("MinMaxScaler.transform", X, this.dataMin.length, (value, c) => {
      const whole = (value - (this.dataMin[c] as number)) / this.#span(c);
      const share = this.#clip ? Math.min(1, Math.max(0, whole)) : whole;
      const scaled = low + share * (high - low);
      if (share === 1) return high;
      return share < 1 ? Math.min(scaled, high) : scaled; // rounding must not exceed the end of the range
    });
  }

  /** Undoes `transform`: [samples, features]. */
  inverseTransform(X: Samples): Promise<FloatMatrix> {
    const [low, high] = this.#range;
    return mapColumns("MinMaxScaler.inverseTransform", X, this.dataMin.length, (value, c) => {
      const share = (value - low) / (high - low);
      return share * this.#span(c) + (this.dataMin[c] as number);
    });
  }

  /** Maximum minus minimum of a column; 1 for a constant one. */
  #span(c: number): number {
    return (this.dataMax[c] as number) - (this.dataMin[c] as number) || 1;
  }

  /** The fitted model as plain data, for `fromJSON` of its estimator. */
  toJSON(): SavedMinMaxScaler {
    const { dataMin, dataMax } = this;
    const estimator = "MinMaxScaler";
    return sealed({
      estimator,
      dataMin: [...dataMin],
      dataMax: [...dataMax],
      featureRange: this.#range,
      ...(this.#clip && { clip: true }),
    });
  }
}
