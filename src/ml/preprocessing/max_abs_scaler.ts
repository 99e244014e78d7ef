import { checkArguments, signature } from "../../core/signature.ts";
import { KeepsColumns } from "../column_names.ts";
import { checkData } from "../kinds.ts";
import { type FloatMatrix, readMatrix, type Samples } from "../samples.ts";
import { checkSaved, type Saved, sealed } from "../saved.ts";
import { type Fields, floats } from "../saved_fields.ts";
import { Unfitted } from "../unfitted.ts";
import { mapColumns } from "./scaler.ts";

/** A fitted `MaxAbsScaler` as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedMaxAbsScaler extends Saved {
  /** `[features]`: the largest absolute value in each column. */
  readonly maxAbs: readonly number[];
}

const savedFields: Fields<SavedMaxAbsScaler> = {
  maxAbs: /* @__PURE__ */ floats("features"),
};

/**
 * Divides every feature by its largest absolute value, so that it is in [−1, 1]. Nothing is subtracted: zeros stay zeros,
 * and a shift changes the result. A feature of zeros is not changed. Results have the precision of float64; a feature for
 * which that is not possible is refused by name.
 */
export class MaxAbsScaler extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("MaxAbsScaler", {});

  constructor() {
    checkArguments(MaxAbsScaler.signature, arguments);
    super({});
  }

  /** Learns the largest absolute value in every column of X [samples, features]. */
  async fit(X: Samples): Promise<FittedMaxAbsScaler> {
    checkData("MaxAbsScaler.fit", arguments);
    const { host, features } = await readMatrix("MaxAbsScaler", X);
    const maxAbs = new Float64Array(features);
    host.forEach((value, at) => {
      const c = at % features;
      maxAbs[c] = Math.max(maxAbs[c] as number, Math.abs(value));
    });
    return new FittedMaxAbsScaler(maxAbs);
  }

  /** `fit`, and the transformed X. */
  async fitTransform(X: Samples): Promise<FloatMatrix> {
    return (await this.fit(X)).transform(X);
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedMaxAbsScaler): FittedMaxAbsScaler {
    checkSaved<SavedMaxAbsScaler>("MaxAbsScaler", saved, savedFields);
    return new FittedMaxAbsScaler(Float64Array.from(saved.maxAbs));
  }
}

/** Result of `MaxAbsScaler.fit`: the largest absolute value of every column, `transform` and `inverseTransform`. */
export class FittedMaxAbsScaler extends KeepsColumns {
  /** [features] */
  readonly maxAbs: Float64Array<ArrayBuffer>;
  /** `[features]`: divisors of the columns; 1 for a feature of zeros. */
  readonly scale: Float64Array<ArrayBuffer>;

  constructor(maxAbs: Float64Array<ArrayBuffer>) {
    super();
    this.maxAbs = maxAbs;
    this.scale = maxAbs.map((most) => most || 1);
  }

  /** Number of features in fit. */
  get nFeaturesIn(): number {
    return this.maxAbs.length;
  }

  protected get namedAs() {
    return "MaxAbsScaler";
  }

  /** X / scale, [samples, features]. */
  transform(X: Samples): Promise<FloatMatrix> {
    const { scale } = this;
    const who = "MaxAbsScaler.transform";
    return mapColumns(who, X, scale.length, (value, c) => value / (scale[c] as number));
  }

  /** X · scale, [samples, features]. */
  inverseTransform(X: Samples): Promise<FloatMatrix> {
    const { scale } = this;
    const who = "MaxAbsScaler.inverseTransform";
    return mapColumns(who, X, scale.length, (value, c) => value * (scale[c] as number));
  }

  /** The fitted model as plain data, for `fromJSON` of its estimator. */
  toJSON(): SavedMaxAbsScaler {
    return sealed({ estimator: "MaxAbsScaler", maxAbs: [...this.maxAbs] });
  }
}
