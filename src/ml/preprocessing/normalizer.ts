import { checkArguments, options, signature } from "../../core/signature.ts";
import { KeepsColumns } from "../column_names.ts";
import { checkData, choice } from "../kinds.ts";
import { type FloatMatrix, readMatrix, type Samples } from "../samples.ts";
import { checkSaved, type Saved, sealed } from "../saved.ts";
import { type Fields, oneOf as named, size } from "../saved_fields.ts";
import { Unfitted } from "../unfitted.ts";

/** Options of `Normalizer`. */
export interface NormalizerOptions {
  /**
   * The norm that becomes 1: the sum of absolute values ("l1"), the square root of the sum of squares ("l2"), or the
   * largest absolute value ("max"). Default "l2".
   */
  readonly norm?: RowNorm;
}

type RowNorm = "l1" | "l2" | "max";

/** A fitted `Normalizer` as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedNormalizer extends Saved {
  /** The norm that becomes 1 in every row. */
  readonly norm: RowNorm;
  /** Number of features in fit. */
  readonly features: number;
}

const savedFields: Fields<SavedNormalizer> = {
  norm: /* @__PURE__ */ named("l1", "l2", "max"),
  features: /* @__PURE__ */ size("features"),
};

/** Norms of a row whose largest absolute value is 1, so that no square overflows or underflows. */
const norms: Readonly<Record<RowNorm, (row: Float64Array) => number>> = {
  l1: (row) => row.reduce((sum, x) => sum + Math.abs(x), 0),
  l2: (row) => Math.sqrt(row.reduce((sum, x) => sum + x * x, 0)),
  max: () => 1,
};

/**
 * Divides every row by its own norm; a row of zeros is not changed. Learns only the number of features. The norm is of all
 * features together: a shift, other units or one more feature change the result. Results have the precision of float64; a
 * feature for which that is not possible is refused by name.
 */
export class Normalizer extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("Normalizer", {
    options: options<NormalizerOptions>({ norm: choice("l1", "l2", "max") }),
  });

  readonly #norm: RowNorm;

  constructor(options: NormalizerOptions = {}) {
    checkArguments(Normalizer.signature, arguments);
    super(options);
    this.#norm = options.norm ?? "l2";
  }

  /** Learns the number of features of X [samples, features]. */
  async fit(X: Samples): Promise<FittedNormalizer> {
    checkData("Normalizer.fit", arguments);
    const { features } = await readMatrix("Normalizer", X);
    return new FittedNormalizer(this.#norm, features);
  }

  /** `fit`, and the transformed X. */
  async fitTransform(X: Samples): Promise<FloatMatrix> {
    return (await this.fit(X)).transform(X);
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedNormalizer): FittedNormalizer {
    checkSaved<SavedNormalizer>("Normalizer", saved, savedFields);
    return new FittedNormalizer(saved.norm, saved.features);
  }
}

/** Result of `Normalizer.fit`: scales every row to a norm of 1 with `transform`; nothing is learned from the data. */
export class FittedNormalizer extends KeepsColumns {
  /** Number of features in fit. */
  readonly nFeaturesIn: number;
  readonly #norm: RowNorm;

  constructor(norm: RowNorm, features: number) {
    super();
    this.#norm = norm;
    this.nFeaturesIn = features;
  }

  protected get namedAs() {
    return "Normalizer";
  }

  /** Every row divided by its norm, [samples, features]. */
  async transform(X: Samples): Promise<FloatMatrix> {
    const features = this.nFeaturesIn;
    const { host, samples } = await readMatrix("Normalizer.transform", X, { features });
    const data = Float64Array.from(host);
    for (let i = 0; i < samples; i++) {
      const row = data.subarray(i * features, (i + 1) * features);
      const most = row.reduce((a, x) => Math.max(a, Math.abs(x)), 0) || 1;
      for (let c = 0; c < features; c++) row[c] = (row[c] as number) / most;
      const norm = norms[this.#norm](row) || 1;
      for (let c = 0; c < features; c++) row[c] = (row[c] as number) / norm;
    }
    return { data, shape: [samples, features] };
  }

  /** The fitted model as plain data, for `fromJSON` of its estimator. */
  toJSON(): SavedNormalizer {
    return sealed({ estimator: "Normalizer", norm: this.#norm, features: this.nFeaturesIn });
  }
}
