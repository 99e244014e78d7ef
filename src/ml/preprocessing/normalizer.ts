import { checkArguments, options, signature } from "../../core/signature.ts";
import { KeepsColumns } from "../column_names.ts";
import { checkData, choice } from "../kinds.ts";
import { type FloatMatrix, readMatrix, type Samples } from "../samples.ts";
import { checkSaved, type Saved, sealed } from "../saved.ts";
import { type Fields, oneOf as named, size } from "../saved_fields.ts";

/** Options of `Normalizer`. */
export interface NormalizerOptions {
  /** What becomes 1: the sum of sizes, the root of the sum of squares, or the largest size. Default "l2". */
  readonly norm?: Norm;
}

type Norm = "l1" | "l2" | "max";

/** A fitted `Normalizer` as JSON: what `toJSON` gives and `fromJSON` takes. */
export interface SavedNormalizer extends Saved {
  /** What becomes 1 in every row. */
  readonly norm: Norm;
  /** Features of fit. */
  readonly features: number;
}

const savedFields: Fields<SavedNormalizer> = {
  norm: /* @__PURE__ */ named("l1", "l2", "max"),
  features: /* @__PURE__ */ size("features"),
};

/** Norms of a row whose largest size is 1: nothing overflows or vanishes. */
const norms: Readonly<Record<Norm, (row: Float64Array) => number>> = {
  l1: (row) => row.reduce((sum, x) => sum + Math.abs(x), 0),
  l2: (row) => Math.sqrt(row.reduce((sum, x) => sum + x * x, 0)),
  max: () => 1,
};

/**
 * Divides every row by its own norm; a row of zeros stays as it is. Learns nothing but the number of features. Features of a row
 * count together: a shift, other units or one more feature change the answer.
 * Digits are float64's or refused by feature: the rule at the head of `ml/samples.ts`.
 */
export class Normalizer {
  static readonly signature = /* @__PURE__ */ signature("Normalizer", {
    options: options<NormalizerOptions>({ norm: choice("l1", "l2", "max") }),
  });

  readonly #norm: Norm;

  constructor(options: NormalizerOptions = {}) {
    checkArguments(Normalizer.signature, arguments);
    this.#norm = options.norm ?? "l2";
  }

  /** Learns how many features X [samples, features] has. */
  async fit(X: Samples): Promise<FittedNormalizer> {
    checkData("Normalizer.fit", arguments);
    const { features } = await readMatrix("Normalizer", X);
    return new FittedNormalizer(this.#norm, features);
  }

  /** `fit`, and X as it comes out. */
  async fitTransform(X: Samples): Promise<FloatMatrix> {
    return (await this.fit(X)).transform(X);
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedNormalizer): FittedNormalizer {
    checkSaved<SavedNormalizer>("Normalizer", saved, savedFields);
    return new FittedNormalizer(saved.norm, saved.features);
  }
}

/** Scales every row to a norm of 1 by `transform`; nothing is learned from the data. */
export class FittedNormalizer extends KeepsColumns {
  /** Features of fit. */
  readonly nFeaturesIn: number;
  readonly #norm: Norm;

  constructor(norm: Norm, features: number) {
    super();
    this.#norm = norm;
    this.nFeaturesIn = features;
  }

  protected get namedAs() {
    return "Normalizer";
  }

  /** Every row over its norm, [samples, features]. */
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

  /** The fitted model as plain data, which `fromJSON` of its estimator reads. */
  toJSON(): SavedNormalizer {
    return sealed({ estimator: "Normalizer", norm: this.#norm, features: this.nFeaturesIn });
  }
}
