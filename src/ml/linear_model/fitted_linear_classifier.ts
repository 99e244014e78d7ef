import { FittedClassifier } from "../fitted_classifier.ts";
import { type FloatMatrix, readSamples, type SampleMatrix, type Samples } from "../samples.ts";
import type { Saved } from "../saved.ts";
import { linearScores, scores } from "./fitted_linear.ts";

export interface SavedLinearClassifier extends Saved {
  readonly classes: readonly number[];
  readonly coef: readonly number[];
  readonly intercept: readonly number[];
  readonly shift: readonly number[];
  readonly nIter: number;
  readonly converged: boolean;
}

/** A fitted linear classifier, whose functions say how far a sample is on a class's side: `LinearSVC`, `Perceptron`. */
export class FittedLinearClassifier extends FittedClassifier {
  readonly estimator: string;
  readonly classes: Float32Array<ArrayBuffer>;
  /** [features] for two classes (of the larger label), [classes, features] for more. */
  readonly coef: Float64Array<ArrayBuffer>;
  /** [1] for two classes, [classes] for more. */
  readonly intercept: Float64Array<ArrayBuffer>;
  readonly nIter: number;
  /** Whether it ended by its tolerance. */
  readonly converged: boolean;
  protected readonly features: number;
  readonly #shift: Float32Array<ArrayBuffer>;

  constructor(saved: SavedLinearClassifier) {
    super();
    this.estimator = saved.estimator;
    this.classes = Float32Array.from(saved.classes);
    this.coef = Float64Array.from(saved.coef);
    this.intercept = Float64Array.from(saved.intercept);
    this.nIter = saved.nIter;
    this.converged = saved.converged;
    this.features = saved.shift.length;
    this.#shift = Float32Array.from(saved.shift);
  }

  /** X · coefᵀ + intercept: [samples, 1] for two classes, positive for the larger label; [samples, classes] for more. */
  async decisionFunction(X: Samples): Promise<FloatMatrix> {
    const x = await readSamples(this.estimator, X, { features: this.features });
    try {
      const data = await scores(x, this.#shift, this.coef, this.intercept);
      return { data, shape: [x.samples, this.intercept.length] };
    } finally {
      x.dispose();
    }
  }

  /** Of two classes one has half the decision value, the other its negative: their softmax is the sigmoid of the whole. */
  protected scores(x: SampleMatrix) {
    if (this.intercept.length > 1) return linearScores(x, this.#shift, this.coef, this.intercept);
    const both = (of: Float64Array) =>
      Float64Array.from([...of.map((w) => -w / 2), ...of.map((w) => w / 2)]);
    return linearScores(x, this.#shift, both(this.coef), both(this.intercept));
  }

  toJSON(): SavedLinearClassifier {
    const { estimator, nIter, converged } = this;
    return {
      estimator,
      classes: [...this.classes],
      coef: [...this.coef],
      intercept: [...this.intercept],
      shift: [...this.#shift],
      nIter,
      converged,
    };
  }
}
