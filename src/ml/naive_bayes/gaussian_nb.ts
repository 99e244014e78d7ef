import { ValueError } from "../../core/errors.ts";
import { number, numbers } from "../../core/kinds.ts";
import { checkArguments, describe, options, signature } from "../../core/signature.ts";
import { momentsOf } from "../columns.ts";

import { labels as labelsKind, samples, weightKinds } from "../kinds.ts";
import type { IndexedLabels, Label, LabelInput, LabelKind } from "../labels.ts";
import { type PartialFitOptions, partialFitSignature, readPartLabels } from "../partial_fit.ts";
import { type FitWeights, readClassification, readWeights } from "../sample_weight.ts";
import { type HostMatrix, readMatrix, type Samples } from "../samples.ts";
import { checkSaved } from "../saved.ts";
import { Unfitted } from "../unfitted.ts";
import {
  checkVaries,
  FittedGaussianNB,
  gaussianFields,
  type SavedGaussianNB,
} from "./fitted_gaussian_nb.ts";
import { type ClassMoments, merged, momentsOfClasses } from "./moments.ts";
import { classCounts, priorsOf } from "./priors.ts";

/** Options of `GaussianNB`, with the names and defaults of scikit-learn. */
export interface GaussianNBOptions {
  /** [classes], labels ascending: prior probabilities. Default: the classes' fractions of the samples. */
  readonly priors?: ArrayLike<number>;
  /** Fraction of the largest variance of a feature that is added to all variances. Default 1e-9. */
  readonly varSmoothing?: number;
}

const fitSignature = /* @__PURE__ */ signature("GaussianNB.fit", {
  X: samples,
  y: labelsKind,
  options: /* @__PURE__ */ options<FitWeights>(weightKinds),
});

const partialSignature = /* @__PURE__ */ partialFitSignature(
  "GaussianNB",
  (value) => value instanceof FittedGaussianNB,
);

/**
 * Naive Bayes with normal features: the predicted class maximises the prior times the densities of the features, which are
 * assumed to be independent. Means and variances are computed in float64, in two passes. Results have the precision of
 * float64; a feature for which that is not possible is refused by name. Predictions of more than 2^24 terms are computed on
 * the GPU in f32.
 *
 * @example
 * ```ts
 * import { GaussianNB } from "wgrad/ml";
 * const model = await new GaussianNB().fit([[1], [2], [8], [9]], ["low", "low", "high", "high"]);
 * console.log(await model.predict([[3], [7]])); // [low, high]
 * ```
 */
export class GaussianNB extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("GaussianNB", {
    options: options<GaussianNBOptions>({ priors: numbers, varSmoothing: number }),
  });
  readonly #options: GaussianNBOptions;

  constructor(options: GaussianNBOptions = {}) {
    checkArguments(GaussianNB.signature, arguments);
    super(options);
    const { varSmoothing = 1e-9 } = options;
    if (!(varSmoothing >= 0 && Number.isFinite(varSmoothing))) {
      throw new ValueError(
        `GaussianNB: expected varSmoothing ≥ 0, got ${varSmoothing}; leave it out for 1e-9`,
      );
    }
    this.#options = { ...options };
  }

  /** y: labels [samples]. Throws `ShapeError` and `ValueError` for data that do not fit, or if all features are constant. */
  async fit<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
    options: FitWeights = {},
  ): Promise<FittedGaussianNB<LabelKind<L>>> {
    checkArguments(fitSignature, arguments);
    const { sampleWeight, signal } = options;
    signal?.throwIfAborted();
    const who = "GaussianNB";
    const { matrix, labels, weights } = await readClassification<L>(who, X, y, sampleWeight);
    const fitted = this.#fitted(matrix, labels, weights);
    checkCounts(fitted.classCount, labels);
    checkVaries(who, fitted.variance);
    return fitted;
  }

  /**
   * Fits a part of the samples, continuing from `model`, the result of the previous parts: for samples that do not fit into
   * memory. After the last part the model equals that of `fit` on all samples up to rounding, including the smoothing
   * (scikit-learn uses that of the last part). `classes` lists all labels for the first part. A class without samples so
   * far is never predicted.
   */
  async partialFit<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
    options: PartialFitOptions<LabelKind<L>, FittedGaussianNB<LabelKind<L>>> = {},
  ): Promise<FittedGaussianNB<LabelKind<L>>> {
    checkArguments(partialSignature, arguments);
    options.signal?.throwIfAborted();
    const { model } = options;
    const who = "GaussianNB.partialFit";
    const matrix = await readMatrix(
      who,
      X,
      model && { features: model.theta.length / model.classes.length },
    );
    const labels = await readPartLabels<LabelKind<L>>(who, y, matrix.samples, options);
    const weights = await readWeights(who, options.sampleWeight, matrix.samples);
    return this.#fitted(matrix, labels, weights, model?.toJSON());
  }

  #fitted<L extends Label>(
    matrix: HostMatrix,
    labels: IndexedLabels<L>,
    weights: Float64Array,
    before?: SavedGaussianNB<L>,
  ): FittedGaussianNB<L> {
    const who = "GaussianNB";
    const { priors, varSmoothing = 1e-9 } = this.#options;
    const own = momentsOfClasses(matrix, labels.index, weights, classCounts(labels, weights));
    const some = { count: Float64Array.of(matrix.samples), ...momentsOf(matrix) };
    const moments = before ? merged(classMoments(before), own) : own;
    const seen = before ? merged(seenMoments(before), some) : some;
    const epsilon = varSmoothing * seen.variance.reduce((a, b) => Math.max(a, b), 0);
    return new FittedGaussianNB({
      estimator: who,
      classes: [...labels.classes],
      theta: [...moments.mean],
      variance: Array.from(moments.variance, (v) => v + epsilon),
      classPrior: [...priorsOf(who, priors, moments.count)],
      classCount: [...moments.count],
      epsilon,
      seen: {
        count: seen.count[0] as number,
        mean: [...seen.mean],
        variance: [...seen.variance],
      },
    });
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON<L extends Label = number>(saved: SavedGaussianNB<L>): FittedGaussianNB<L> {
    checkSaved<SavedGaussianNB>("GaussianNB", saved, gaussianFields);
    return new FittedGaussianNB(saved);
  }
}

const classMoments = ({ classCount, theta, variance, epsilon }: SavedGaussianNB): ClassMoments => ({
  count: Float64Array.from(classCount),
  mean: Float64Array.from(theta),
  variance: Float64Array.from(variance, (v) => Math.max(0, v - epsilon)),
});

const seenMoments = ({ seen }: SavedGaussianNB): ClassMoments => ({
  count: Float64Array.of(seen.count),
  mean: Float64Array.from(seen.mean),
  variance: Float64Array.from(seen.variance),
});

function checkCounts(counts: Float64Array, { classes }: IndexedLabels): void {
  const empty = counts.indexOf(0);
  if (empty < 0) return;
  throw new ValueError(
    `GaussianNB: expected samples of weight > 0 of every class, got none of class ${describe(classes[empty])}; drop the class`,
  );
}
