import { ValueError } from "../../core/errors.ts";
import { boolean, number } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { NamesColumns } from "../column_names.ts";
import { checkData } from "../kinds.ts";
import { type FloatMatrix, readMatrix, type Samples } from "../samples.ts";
import { checkSaved, type Saved, sealed } from "../saved.ts";
import { type Fields, flag, size, wholeNumber } from "../saved_fields.ts";
import { Unfitted } from "../unfitted.ts";

/** Options of `PolynomialFeatures`, with the names and defaults of scikit-learn. */
export interface PolynomialFeaturesOptions {
  /** Maximum degree of a product, ≥ 0. Default 2. */
  readonly degree?: number;
  /** Whether each feature occurs at most once in a product. Default false. */
  readonly interactionOnly?: boolean;
  /** Whether the empty product, 1, is included. Default true. */
  readonly includeBias?: boolean;
}

/** A fitted `PolynomialFeatures` as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedPolynomialFeatures extends Saved, Required<PolynomialFeaturesOptions> {
  /** Number of features in fit. */
  readonly features: number;
}

const savedFields: Fields<SavedPolynomialFeatures> = {
  features: /* @__PURE__ */ size("features"),
  degree: wholeNumber,
  interactionOnly: flag,
  includeBias: flag,
};

/** Maximum number of products: with more, a fit would not end. */
const MOST_TERMS = 2 ** 20;
const MOST_FACTORS = 2 ** 26; // Maximum number of factors in all products together.

/**
 * All products of features up to a degree: for a and b with degree 2 these are 1, a, b, a², a·b, b². Ordered by degree,
 * then by their features, as in scikit-learn. Products depend on the units and the origin of the features; a constant
 * feature is one more factor. Results have the precision of float64; a feature for which that is not possible is refused by
 * name.
 */
export class PolynomialFeatures extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("PolynomialFeatures", {
    options: options<PolynomialFeaturesOptions>({
      degree: number,
      interactionOnly: boolean,
      includeBias: boolean,
    }),
  });

  readonly #options: Required<PolynomialFeaturesOptions>;

  constructor(options: PolynomialFeaturesOptions = {}) {
    checkArguments(PolynomialFeatures.signature, arguments);
    super(options);
    const { degree = 2, interactionOnly = false, includeBias = true } = options;
    if (!(Number.isInteger(degree) && degree >= 0) || (degree === 0 && !includeBias)) {
      throw new ValueError(
        `PolynomialFeatures: expected a whole degree ≥ 0, at least 1 without the bias, got ${degree}; 2 is the default`,
      );
    }
    this.#options = { degree, interactionOnly, includeBias };
  }

  /** Learns the number of features. Throws `ValueError` for more than a million products. */
  async fit(X: Samples): Promise<FittedPolynomialFeatures> {
    checkData("PolynomialFeatures.fit", arguments);
    const { features } = await readMatrix("PolynomialFeatures", X);
    return new FittedPolynomialFeatures(features, this.#options);
  }

  /** `fit`, and the products of X. */
  async fitTransform(X: Samples): Promise<FloatMatrix> {
    return (await this.fit(X)).transform(X);
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedPolynomialFeatures): FittedPolynomialFeatures {
    checkSaved<SavedPolynomialFeatures>("PolynomialFeatures", saved, savedFields);
    return new FittedPolynomialFeatures(saved.features, saved);
  }
}

/** Result of `PolynomialFeatures.fit`: the exponents of the products, and `transform`. */
export class FittedPolynomialFeatures extends NamesColumns {
  /** Number of features in fit. */
  readonly nFeaturesIn: number;
  /** Number of products. */
  readonly nOutputFeatures: number;
  readonly #options: Required<PolynomialFeaturesOptions>;
  readonly #terms: readonly (readonly number[])[];

  constructor(
    features: number,
    { degree, interactionOnly, includeBias }: Required<PolynomialFeaturesOptions>,
  ) {
    super();
    this.#options = { degree, interactionOnly, includeBias };
    this.#terms = termsOf(features, this.#options);
    this.nFeaturesIn = features;
    this.nOutputFeatures = this.#terms.length;
  }

  protected get namedAs() {
    return "PolynomialFeatures";
  }

  protected columnsOf(names: readonly string[]): string[] {
    const factor = (name: string, power: number) =>
      power === 0 ? [] : [power === 1 ? name : `${name}^${power}`];
    return this.powers.map(
      (powers) => powers.flatMap((power, c) => factor(names[c] as string, power)).join(" ") || "1",
    );
  }

  /** `[terms][features]`: the exponent of each feature in each product. */
  get powers(): number[][] {
    return this.#terms.map((term) => {
      const powers = new Array<number>(this.nFeaturesIn).fill(0);
      for (const feature of term) powers[feature] = (powers[feature] ?? 0) + 1;
      return powers;
    });
  }

  /** The products, [samples, terms], in float64, so that squares of timestamps keep their precision. */
  async transform(X: Samples): Promise<FloatMatrix> {
    const d = this.nFeaturesIn;
    const { host, samples } = await readMatrix("PolynomialFeatures", X, { features: d });
    const terms = this.#terms;
    const data = new Float64Array(samples * terms.length);
    for (let i = 0; i < samples; i++) {
      for (let t = 0; t < terms.length; t++) {
        let product = 1;
        for (const feature of terms[t] as readonly number[]) {
          product *= host[i * d + feature] as number;
        }
        data[i * terms.length + t] = product;
      }
    }
    return { data, shape: [samples, terms.length] };
  }

  /** The fitted model as plain data, for `fromJSON` of its estimator. */
  toJSON(): SavedPolynomialFeatures {
    return sealed({
      estimator: "PolynomialFeatures",
      features: this.nFeaturesIn,
      ...this.#options,
    });
  }
}

function termsOf(
  features: number,
  { degree, interactionOnly, includeBias }: Required<PolynomialFeaturesOptions>,
): number[][] {
  checkCount(features, degree, interactionOnly);
  const terms: number[][] = includeBias ? [[]] : [];
  let last: number[][] = [[]];
  for (let d = 1; d <= degree && last.length > 0; d++) {
    const longer: number[][] = [];
    for (const term of last) {
      const from =
        term.length === 0 ? 0 : (term[term.length - 1] as number) + Number(interactionOnly);
      for (let f = from; f < features; f++) longer.push([...term, f]);
    }
    for (const term of longer) terms.push(term);
    last = longer;
  }
  return terms;
}

/**
 * Counts the products before they are made: there are C(features + d − 1, d) of degree d, or C(features, d) of distinct
 * features.
 */
function checkCount(features: number, degree: number, interactionOnly: boolean): void {
  let [total, ofDegree] = [1, 1];
  for (let d = 1; d <= degree && ofDegree > 0; d++) {
    ofDegree *= (interactionOnly ? features - d + 1 : features + d - 1) / d;
    total += ofDegree;
    if (total <= MOST_TERMS && total * d <= MOST_FACTORS) continue;
    throw new ValueError(
      `PolynomialFeatures: expected at most ${MOST_TERMS} products, got more of ${features} features with degree ` +
        `${degree}; lower the degree, or use an SVC with the polynomial kernel`,
    );
  }
}
