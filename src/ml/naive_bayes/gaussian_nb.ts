import { ValueError } from "../../core/errors.ts";
import { number, numbers } from "../../core/kinds.ts";
import { checkArguments, describe, options, signature } from "../../core/signature.ts";
import { gaussian } from "../../kernels/bayes/gaussian.ts";
import { zeros } from "../../ops/create.ts";
import { tensor } from "../../tensor/create.ts";
import { run } from "../../tensor/run.ts";
import { momentsOf, powerOfTwo } from "../columns.ts";
import { ProbabilisticClassifier } from "../fitted_classifier.ts";
import { labels as labelsKind, samples, weightKinds } from "../kinds.ts";
import {
  type Label,
  type LabelInput,
  type LabelKind,
  type LabelList,
  type Labels,
  labelList,
  readLabels,
  valuesOf,
} from "../labels.ts";
import { type FitWeights, readWeights } from "../sample_weight.ts";
import { type HostMatrix, onGpu, readMatrix, type Samples } from "../samples.ts";
import { checkSaved, type Saved } from "../saved.ts";
import { classCounts, priorsOf } from "./priors.ts";

export interface GaussianNBOptions {
  /** [classes], labels ascending: prior probabilities. Default the classes' shares of the samples. */
  readonly priors?: ArrayLike<number>;
  /** This share of the largest variance of a feature is added to all variances. Default 1e-9. */
  readonly varSmoothing?: number;
}

export interface SavedGaussianNB<L extends Label = Label> extends Saved {
  readonly classes: readonly L[];
  readonly theta: readonly number[];
  readonly variance: readonly number[];
  readonly classPrior: readonly number[];
  readonly classCount: readonly number[];
  readonly epsilon: number;
}

const fitSignature = /* @__PURE__ */ signature("GaussianNB.fit", {
  X: samples,
  y: labelsKind,
  options: /* @__PURE__ */ options<FitWeights>(weightKinds),
});

/**
 * Naive Bayes with normal features: a sample's class is the one with the highest prior times the densities of its features,
 * taken for independent. Means and variances in float64, in two passes.
 * Digits are float64's or refused by feature: the rule at the head of `ml/samples.ts`.
 */
export class GaussianNB {
  static readonly signature = /* @__PURE__ */ signature("GaussianNB", {
    options: options<GaussianNBOptions>({ priors: numbers, varSmoothing: number }),
  });
  readonly #options: GaussianNBOptions;

  constructor(options: GaussianNBOptions = {}) {
    checkArguments(GaussianNB.signature, arguments);
    const { varSmoothing = 1e-9 } = options;
    if (!(varSmoothing >= 0 && Number.isFinite(varSmoothing))) {
      throw new ValueError(
        `GaussianNB: expected varSmoothing ≥ 0, got ${varSmoothing}; leave it out for 1e-9`,
      );
    }
    this.#options = { ...options };
  }

  /** y: labels [samples]. Throws `ShapeError` and `ValueError` for data that do not fit, or all features constant. */
  async fit<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
    options: FitWeights = {},
  ): Promise<FittedGaussianNB<LabelKind<L>>> {
    checkArguments(fitSignature, arguments);
    const { sampleWeight, signal } = options;
    signal?.throwIfAborted();
    const who = "GaussianNB";
    const matrix = await readMatrix(who, X);
    const labels = await readLabels<LabelKind<L>>(who, y, matrix.samples);
    const weights = await readWeights(who, sampleWeight, matrix.samples);
    const { priors, varSmoothing = 1e-9 } = this.#options;
    const count = classCounts(labels, weights);
    checkCounts(count, labels);
    const epsilon = varSmoothing * momentsOf(matrix).variance.reduce((a, b) => Math.max(a, b), 0);
    const { theta, variance } = classMoments(matrix, labels, weights, count);
    if (variance.some((v) => v + epsilon === 0)) {
      throw new ValueError(
        `${who}: expected every feature to vary within a class, or varSmoothing > 0, got a variance of 0; ` +
          "drop constant features",
      );
    }
    return new FittedGaussianNB({
      estimator: who,
      classes: [...labels.classes],
      theta: [...theta],
      variance: Array.from(variance, (v) => v + epsilon),
      classPrior: [...priorsOf(who, priors, count)],
      classCount: [...count],
      epsilon,
    });
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON<L extends Label = number>(saved: SavedGaussianNB<L>): FittedGaussianNB<L> {
    checkSaved("GaussianNB", saved);
    return new FittedGaussianNB(saved);
  }
}

export class FittedGaussianNB<L extends Label = number> extends ProbabilisticClassifier<L> {
  readonly estimator = "GaussianNB";
  readonly classes: LabelList<L>;
  /** [classes, features]: means. */
  readonly theta: Float64Array<ArrayBuffer>;
  /** [classes, features]: variances, the smoothing among them. */
  readonly variance: Float64Array<ArrayBuffer>;
  /** [classes]: prior probabilities. */
  readonly classPrior: Float64Array<ArrayBuffer>;
  /** [classes]: weight of the samples. */
  readonly classCount: Float64Array<ArrayBuffer>;
  /** What was added to the variances. */
  readonly epsilon: number;
  protected readonly features: number;

  constructor(saved: SavedGaussianNB<L>) {
    super();
    this.classes = labelList(saved.classes);
    this.theta = Float64Array.from(saved.theta);
    this.variance = Float64Array.from(saved.variance);
    this.classPrior = Float64Array.from(saved.classPrior);
    this.classCount = Float64Array.from(saved.classCount);
    this.epsilon = saved.epsilon;
    this.features = this.theta.length / this.classes.length;
  }

  protected scores(matrix: HostMatrix) {
    const [d, k] = [this.features, this.classes.length];
    const shift = this.theta.slice(0, d);
    const factor = shift.map((_, c) => powerOfTwo(Math.sqrt(this.variance[c] as number)));
    const scaled = (value: number, at: number) => value * (factor[at % d] as number);
    const bias = Float32Array.from(this.classPrior, (prior, c) => {
      const own = this.variance.subarray(c * d, (c + 1) * d);
      return Math.log(prior) - own.reduce((sum, v) => sum + Math.log(2 * Math.PI * v) / 2, 0);
    });
    const ofClasses = (values: Float64Array) =>
      tensor(Float32Array.from(values), { shape: [k, d] });
    return run(
      gaussian,
      {
        x: onGpu(matrix, { shift, factor }).x,
        shift: zeros([d]),
        centre: ofClasses(
          this.theta.map((mean, at) => scaled(mean - (shift[at % d] as number), at)),
        ),
        weight: ofClasses(this.variance.map((v, at) => 1 / (2 * scaled(scaled(v, at), at)))),
        bias: tensor(bias),
      },
      {},
    ).y;
  }

  toJSON(): SavedGaussianNB<L> {
    const { estimator, epsilon } = this;
    return {
      estimator,
      classes: valuesOf<L>(this.classes),
      theta: [...this.theta],
      variance: [...this.variance],
      classPrior: [...this.classPrior],
      classCount: [...this.classCount],
      epsilon,
    };
  }
}

function checkCounts(counts: Float64Array, { classes }: Labels): void {
  const empty = counts.indexOf(0);
  if (empty < 0) return;
  throw new ValueError(
    `GaussianNB: expected samples of weight > 0 of every class, got none of class ${describe(classes[empty])}; drop the class`,
  );
}

/** Means and variances of each class's samples, by weight: [classes, features]. */
function classMoments(
  { host, features: d }: HostMatrix,
  { classes, index }: Labels,
  weights: Float64Array,
  counts: Float64Array,
) {
  const theta = new Float64Array(classes.length * d);
  const variance = new Float64Array(theta.length);
  const each = (into: Float64Array, term: (value: number, at: number, c: number) => number) =>
    index.forEach((k, i) => {
      const share = (weights[i] as number) / (counts[k] as number);
      for (let c = 0; c < d; c++) {
        const at = k * d + c;
        into[at] = (into[at] as number) + share * term(host[i * d + c] as number, at, c);
      }
    });
  each(theta, (value, _, c) => value - (host[c] as number));
  theta.forEach((mean, at) => {
    theta[at] = mean + (host[at % d] as number);
  });
  each(variance, (value, at) => (value - (theta[at] as number)) ** 2);
  return { theta, variance };
}
