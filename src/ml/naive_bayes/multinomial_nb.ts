import { ValueError } from "../../core/errors.ts";
import { boolean, number, numbers } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { product } from "../../ops/matmul/product.ts";
import { tensor } from "../../tensor/create.ts";
import { checkDistinct } from "../distinct.ts";
import { labels as labelsKind, samples, weightKinds } from "../kinds.ts";
import {
  type IndexedLabels,
  type Label,
  type LabelInput,
  type LabelKind,
  type LabelList,
  labelList,
  valuesOf,
} from "../labels.ts";
import { type PartialFitOptions, partialFitSignature, readPartLabels } from "../partial_fit.ts";
import { type FitWeights, readClassification, readWeights } from "../sample_weight.ts";
import { type HostMatrix, onGpu, readMatrix, type Samples } from "../samples.ts";
import { checkSaved, sealed } from "../saved.ts";
import { Unfitted } from "../unfitted.ts";
import { FittedNaiveBayes } from "./fitted_naive_bayes.ts";
import { classCounts, priorsOf } from "./priors.ts";
import { multinomialFields, type SavedMultinomialNB } from "./saved_multinomial_nb.ts";

export type { SavedMultinomialNB };

/** Options of `MultinomialNB`, with the names and defaults of scikit-learn. */
export interface MultinomialNBOptions {
  /** Added to every count (Lidstone's smoothing), ≥ 0. Default 1. */
  readonly alpha?: number;
  /** Whether priors are learned; with false all classes are equally likely. Default true. */
  readonly fitPrior?: boolean;
  /** [classes], labels ascending: prior probabilities. */
  readonly classPrior?: ArrayLike<number>;
}

const fitSignature = /* @__PURE__ */ signature("MultinomialNB.fit", {
  X: samples,
  y: labelsKind,
  options: /* @__PURE__ */ options<FitWeights>(weightKinds),
});

const partialSignature = /* @__PURE__ */ partialFitSignature(
  "MultinomialNB",
  (value) => value instanceof FittedMultinomialNB,
);

/**
 * Naive Bayes for counts, such as words of a text: log P(class | x) = log prior + Σ x·log P(feature | class) + constant. It
 * uses fractions of all counts and their total: a shift, other units or a constant feature change the result. Results have
 * the precision of float64; a feature for which that is not possible is refused by name. Predictions of more than 2^24
 * terms are computed on the GPU in f32.
 */
export class MultinomialNB extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("MultinomialNB", {
    options: options<MultinomialNBOptions>({
      alpha: number,
      fitPrior: boolean,
      classPrior: numbers,
    }),
  });
  readonly #options: MultinomialNBOptions;

  constructor(options: MultinomialNBOptions = {}) {
    checkArguments(MultinomialNB.signature, arguments);
    super(options);
    const { alpha = 1 } = options;
    if (!(alpha >= 0 && Number.isFinite(alpha))) {
      throw new ValueError(`MultinomialNB: expected alpha ≥ 0, got ${alpha}; leave it out for 1`);
    }
    this.#options = { ...options };
  }

  /** X [samples, features]: counts ≥ 0; y: labels [samples]. Throws `ShapeError` and `ValueError`. */
  async fit<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
    options: FitWeights = {},
  ): Promise<FittedMultinomialNB<LabelKind<L>>> {
    checkArguments(fitSignature, arguments);
    const { sampleWeight, signal } = options;
    signal?.throwIfAborted();
    const who = "MultinomialNB";
    const read = await readClassification<L>(who, X, y, sampleWeight, checkCounts);
    return this.#fitted(read.matrix, read.labels, read.weights);
  }

  /**
   * Fits a part of the samples, continuing from `model`, the result of the previous parts: for samples that do not fit into
   * memory. After the last part the model equals that of `fit` on all samples up to rounding. `classes` lists all labels
   * for the first part.
   */
  async partialFit<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
    options: PartialFitOptions<LabelKind<L>, FittedMultinomialNB<LabelKind<L>>> = {},
  ): Promise<FittedMultinomialNB<LabelKind<L>>> {
    checkArguments(partialSignature, arguments);
    options.signal?.throwIfAborted();
    const { model } = options;
    const who = "MultinomialNB.partialFit";
    const features = model && { features: model.featureCount.length / model.classes.length };
    const matrix = await readMatrix(who, X, features);
    checkCounts(matrix);
    const labels = await readPartLabels<LabelKind<L>>(who, y, matrix.samples, options);
    const weights = await readWeights(who, options.sampleWeight, matrix.samples);
    return this.#fitted(matrix, labels, weights, model);
  }

  #fitted<L extends Label>(
    matrix: HostMatrix,
    labels: IndexedLabels<L>,
    weights: Float64Array,
    before?: FittedMultinomialNB<L>,
  ): FittedMultinomialNB<L> {
    const who = "MultinomialNB";
    const { alpha = 1, fitPrior = true, classPrior } = this.#options;
    const k = labels.classes.length;
    const uniform = fitPrior ? undefined : new Float64Array(k).fill(1 / k);
    const more = (own: Float64Array, so: Float64Array | undefined) =>
      own.map((value, at) => value + (so?.[at] ?? 0));
    const count = more(classCounts(labels, weights), before?.classCount);
    const featureCount = more(sumsOf(matrix, labels.index, weights, k), before?.featureCount);
    return new FittedMultinomialNB({
      estimator: who,
      classes: [...labels.classes],
      featureLogProb: [...logShares(featureCount, matrix.features, Math.max(alpha, 1e-10))],
      classLogPrior: Array.from(priorsOf(who, classPrior ?? uniform, count), Math.log),
      featureCount: [...featureCount],
      classCount: [...count],
    });
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON<L extends Label = number>(saved: SavedMultinomialNB<L>): FittedMultinomialNB<L> {
    checkSaved<SavedMultinomialNB>("MultinomialNB", saved, multinomialFields);
    return new FittedMultinomialNB(saved);
  }
}

/** Result of `MultinomialNB.fit`: logarithms of feature probabilities of every class, `predict` and `predictProba`. */
export class FittedMultinomialNB<L extends Label = number> extends FittedNaiveBayes<L> {
  /** The class that fitted it. */
  readonly estimator = "MultinomialNB";
  /** [classes], sorted. */
  readonly classes: LabelList<L>;
  /** `[classes, features]`: log P(feature | class). */
  readonly featureLogProb: Float64Array<ArrayBuffer>;
  /** [classes] */
  readonly classLogPrior: Float64Array<ArrayBuffer>;
  /** `[classes, features]`: sums of X. */
  readonly featureCount: Float64Array<ArrayBuffer>;
  /** `[classes]`: total weight of the samples. */
  readonly classCount: Float64Array<ArrayBuffer>;
  protected readonly features: number;

  constructor(saved: SavedMultinomialNB<L>) {
    super();
    this.classes = labelList(saved.classes);
    this.featureLogProb = Float64Array.from(saved.featureLogProb);
    this.classLogPrior = Float64Array.from(
      saved.classLogPrior,
      (v) => v ?? Number.NEGATIVE_INFINITY,
    );
    this.featureCount = Float64Array.from(saved.featureCount);
    this.classCount = Float64Array.from(saved.classCount);
    this.features = this.featureLogProb.length / this.classes.length;
  }

  /** Minus the part that all classes have in common: the remaining small numbers preserve the differences between classes. */
  protected jointInF32(matrix: HostMatrix) {
    const [d, k] = [this.features, this.classes.length];
    const shift = new Float64Array(d);
    checkDistinct(matrix, shift);
    const { x } = onGpu(matrix, { shift });
    const common = Float64Array.from({ length: d }, (_, c) => {
      let sum = 0;
      for (let a = 0; a < k; a++) sum += (this.featureLogProb[a * d + c] as number) / k;
      return sum;
    });
    const apart = Float32Array.from(this.featureLogProb, (v, at) => v - (common[at % d] as number));
    const bias = tensor(Float32Array.from(this.classLogPrior));
    const weights = tensor(apart, { shape: [k, d] });
    return product(x, weights, { transposeA: false, transposeB: true }, { bias });
  }

  protected joint({ host, samples: n }: HostMatrix): Float64Array<ArrayBuffer> {
    const [d, k] = [this.features, this.classes.length];
    return Float64Array.from({ length: n * k }, (_, at) => {
      const [i, c] = [Math.floor(at / k), at % k];
      let sum = 0;
      for (let j = 0; j < d; j++) {
        sum += (host[i * d + j] as number) * (this.featureLogProb[c * d + j] as number);
      }
      return (this.classLogPrior[c] as number) + sum;
    });
  }

  /** The fitted model as plain data, for `fromJSON` of its estimator. */
  toJSON(): SavedMultinomialNB<L> {
    return sealed({
      estimator: this.estimator,
      classes: valuesOf<L>(this.classes),
      featureLogProb: [...this.featureLogProb],
      classLogPrior: Array.from(this.classLogPrior, (v) => (Number.isFinite(v) ? v : null)),
      featureCount: [...this.featureCount],
      classCount: [...this.classCount],
    });
  }
}

function checkCounts({ host, features }: HostMatrix): void {
  const bad = host.findIndex((value) => value < 0);
  if (bad < 0) return;
  throw new ValueError(
    `MultinomialNB: expected counts ≥ 0, got ${host[bad]} in row ${Math.floor(bad / features)}, column ${bad % features} ` +
      "of X; use GaussianNB for numbers that may be negative",
  );
}

/** Σ weight·x of each class's samples: [classes, features]. */
function sumsOf(
  { host, features: d }: HostMatrix,
  index: Uint32Array,
  weights: Float64Array,
  classes: number,
): Float64Array {
  const sums = new Float64Array(classes * d);
  index.forEach((k, i) => {
    for (let c = 0; c < d; c++) {
      const at = k * d + c;
      sums[at] = (sums[at] as number) + (weights[i] as number) * (host[i * d + c] as number);
    }
  });
  return sums;
}

/** log((count + alpha) / Σ (count + alpha)) of every class. */
function logShares(counts: Float64Array, d: number, alpha: number): Float64Array {
  return counts.map((count, at) => {
    const first = at - (at % d);
    const all = counts.subarray(first, first + d).reduce((sum, own) => sum + own + alpha, 0);
    return Math.log(count + alpha) - Math.log(all);
  });
}
