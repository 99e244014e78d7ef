import { checkArguments, signature } from "../../core/signature.ts";
import { KeepsColumns } from "../column_names.ts";
import { checkData } from "../kinds.ts";
import { type FloatMatrix, readMatrix, type Samples } from "../samples.ts";
import { checkSaved, type Saved, sealed } from "../saved.ts";
import { type Fields, floats } from "../saved_fields.ts";
import { mapColumns } from "./scaler.ts";

/** A fitted `MaxAbsScaler` as JSON: what `toJSON` gives and `fromJSON` takes. */
export interface SavedMaxAbsScaler extends Saved {
  /** `[features]`: the largest size in each column. */
  readonly maxAbs: readonly number[];
}

const savedFields: Fields<SavedMaxAbsScaler> = {
  maxAbs: /* @__PURE__ */ floats("features"),
};

/**
 * Divides every feature by its largest size, so that it lies in [−1, 1]. Zeros stay zeros: nothing is taken off, and a shift
 * changes the answer. A feature of zeros stays as it is.
 * Digits are float64's or refused by feature: the rule at the head of `ml/samples.ts`.
 */
export class MaxAbsScaler {
  static readonly signature = /* @__PURE__ */ signature("MaxAbsScaler", {});

  constructor() {
    checkArguments(MaxAbsScaler.signature, arguments);
  }

  /** Learns the largest size in every column of X [samples, features]. */
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

  /** `fit`, and X as it comes out. */
  async fitTransform(X: Samples): Promise<FloatMatrix> {
    return (await this.fit(X)).transform(X);
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedMaxAbsScaler): FittedMaxAbsScaler {
    checkSaved<SavedMaxAbsScaler>("MaxAbsScaler", saved, savedFields);
    return new FittedMaxAbsScaler(Float64Array.from(saved.maxAbs));
  }
}

/** What `MaxAbsScaler.fit` found: the largest absolute value of every column, `transform` and `inverseTransform`. */
export class FittedMaxAbsScaler extends KeepsColumns {
  /** [features] */
  readonly maxAbs: Float64Array<ArrayBuffer>;
  /** `[features]`: what columns are divided by; 1 for a feature of zeros. */
  readonly scale: Float64Array<ArrayBuffer>;

  constructor(maxAbs: Float64Array<ArrayBuffer>) {
    super();
    this.maxAbs = maxAbs;
    this.scale = maxAbs.map((most) => most || 1);
  }

  /** Features of fit. */
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

  /** The fitted model as plain data, which `fromJSON` of its estimator reads. */
  toJSON(): SavedMaxAbsScaler {
    return sealed({ estimator: "MaxAbsScaler", maxAbs: [...this.maxAbs] });
  }
}
