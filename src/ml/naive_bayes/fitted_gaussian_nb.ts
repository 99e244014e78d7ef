import { ValueError } from "../../core/errors.ts";
import { bayesGaussian as gaussian } from "../../kernels/bayes/gaussian.ts";
import { zeros } from "../../ops/shape/create.ts";
import { tensor } from "../../tensor/create.ts";
import { run } from "../../tensor/run.ts";
import { powerOfTwo } from "../columns.ts";
import { checkDistinct } from "../distinct.ts";
import { type Label, type LabelList, labelList, valuesOf } from "../labels.ts";
import { type HostMatrix, onGpu } from "../samples.ts";
import { type Saved, sealed } from "../saved.ts";
import {
  classesOf,
  type Fields,
  finiteNumber,
  floats,
  listOf,
  notNegative,
  recordOf,
} from "../saved_fields.ts";
import { FittedNaiveBayes } from "./fitted_naive_bayes.ts";

/** A fitted `GaussianNB` as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedGaussianNB<L extends Label = Label> extends Saved {
  /** [classes], sorted. */
  readonly classes: readonly L[];
  /** [classes, features], row-major: means. */
  readonly theta: readonly number[];
  /** [classes, features], row-major: variances, including `epsilon`. */
  readonly variance: readonly number[];
  /** `[classes]`: prior probabilities. */
  readonly classPrior: readonly number[];
  /** `[classes]`: total weight of the samples. */
  readonly classCount: readonly number[];
  /** Number that was added to the variances. */
  readonly epsilon: number;
  /** Number, means and variances of all samples so far. */
  readonly seen: {
    readonly count: number;
    readonly mean: readonly number[];
    readonly variance: readonly number[];
  };
}

export const gaussianFields: Fields<SavedGaussianNB> = {
  classes: /* @__PURE__ */ classesOf("classes"),
  theta: /* @__PURE__ */ floats("classes", "features"),
  variance: /* @__PURE__ */ listOf(notNegative, "classes", "features"),
  classPrior: /* @__PURE__ */ listOf(notNegative, "classes"),
  classCount: /* @__PURE__ */ listOf(notNegative, "classes"),
  epsilon: notNegative,
  seen: /* @__PURE__ */ recordOf({
    count: finiteNumber,
    mean: /* @__PURE__ */ floats("features"),
    variance: /* @__PURE__ */ listOf(notNegative, "features"),
  }),
};

/** Result of `GaussianNB.fit`: means and variances of every class, `predict` and `predictProba`. */
export class FittedGaussianNB<L extends Label = number> extends FittedNaiveBayes<L> {
  /** The class that fitted it. */
  readonly estimator = "GaussianNB";
  /** [classes], sorted. */
  readonly classes: LabelList<L>;
  /** `[classes, features]`: means. */
  readonly theta: Float64Array<ArrayBuffer>;
  /** `[classes, features]`: variances, including the smoothing. */
  readonly variance: Float64Array<ArrayBuffer>;
  /** `[classes]`: prior probabilities. */
  readonly classPrior: Float64Array<ArrayBuffer>;
  /** `[classes]`: total weight of the samples. */
  readonly classCount: Float64Array<ArrayBuffer>;
  /** Number that was added to the variances. */
  readonly epsilon: number;
  protected readonly features: number;
  readonly #seen: SavedGaussianNB["seen"];

  constructor(saved: SavedGaussianNB<L>) {
    super();
    this.classes = labelList(saved.classes);
    this.theta = Float64Array.from(saved.theta);
    this.variance = Float64Array.from(saved.variance);
    this.classPrior = Float64Array.from(saved.classPrior);
    this.classCount = Float64Array.from(saved.classCount);
    this.epsilon = saved.epsilon;
    this.#seen = saved.seen;
    this.features = this.theta.length / this.classes.length;
  }

  protected jointInF32(matrix: HostMatrix) {
    const [d, k] = [this.features, this.classes.length];
    checkVaries(this.estimator, this.variance);
    const first = this.classCount.findIndex((count) => count > 0) * d;
    const shift = this.theta.slice(first, first + d);
    checkDistinct(matrix, shift);
    const factor = shift.map((_, c) => powerOfTwo(Math.sqrt(this.variance[first + c] as number)));
    const scaled = (value: number, at: number) => value * (factor[at % d] as number);
    const ofSome = (at: number, value: number) => (this.classCount[Math.floor(at / d)] ? value : 0);
    const ofClasses = (value: (at: number) => number) =>
      tensor(
        Float32Array.from(this.theta, (_, at) => ofSome(at, value(at))),
        { shape: [k, d] },
      );
    return run(
      gaussian,
      {
        x: onGpu(matrix, { shift, factor }).x,
        shift: zeros([d]),
        centre: ofClasses((at) =>
          scaled((this.theta[at] as number) - (shift[at % d] as number), at),
        ),
        weight: ofClasses((at) => 1 / (2 * scaled(scaled(this.variance[at] as number, at), at))),
        bias: tensor(Float32Array.from(this.#bias())),
      },
      {},
    ).y;
  }

  protected joint({ host, samples: n }: HostMatrix): Float64Array<ArrayBuffer> {
    const [d, k] = [this.features, this.classes.length];
    checkVaries(this.estimator, this.variance);
    const bias = this.#bias();
    return Float64Array.from({ length: n * k }, (_, at) => {
      const [i, c] = [Math.floor(at / k), at % k];
      let sum = 0;
      for (let j = 0; j < d; j++) {
        const away = (host[i * d + j] as number) - (this.theta[c * d + j] as number);
        sum += away * (away / (this.variance[c * d + j] as number));
      }
      return (bias[c] as number) - sum / 2;
    });
  }

  /** log prior − ½ Σ log 2πσ² of every class. */
  #bias(): Float64Array {
    const d = this.features;
    return this.classPrior.map((prior, c) => {
      const own = this.variance.subarray(c * d, (c + 1) * d);
      return Math.log(prior) - own.reduce((sum, v) => sum + Math.log(2 * Math.PI * v) / 2, 0);
    });
  }

  /** The fitted model as plain data, for `fromJSON` of its estimator. */
  toJSON(): SavedGaussianNB<L> {
    const { estimator, epsilon } = this;
    return sealed({
      estimator,
      classes: valuesOf<L>(this.classes),
      theta: [...this.theta],
      variance: [...this.variance],
      classPrior: [...this.classPrior],
      classCount: [...this.classCount],
      epsilon,
      seen: this.#seen,
    });
  }
}

/** Throws `ValueError` if a feature of a class has variance 0, so that its density would be infinite. */
export function checkVaries(who: string, variance: Float64Array): void {
  if (variance.every((v) => v > 0)) return;
  throw new ValueError(
    `${who}: expected every feature to vary within a class, or varSmoothing > 0, got a variance of 0; ` +
      "drop constant features",
  );
}
