import { ProbabilisticClassifier } from "../fitted_classifier.ts";
import type { FloatMatrix, SampleMatrix, Samples } from "../samples.ts";
import { readSamples } from "../samples.ts";
import type { Saved } from "../saved.ts";
import { linearScores, scores } from "./fitted_linear.ts";

export interface SavedLogistic extends Saved {
  readonly classes: readonly number[];
  readonly coef: readonly number[];
  readonly intercept: readonly number[];
  readonly shift: readonly number[];
  readonly nIter: number;
  readonly converged: boolean;
  readonly loss: number;
}

/** A fitted `LogisticRegression`. */
export class FittedLogistic extends ProbabilisticClassifier {
  readonly estimator = "LogisticRegression";
  readonly classes: Float32Array<ArrayBuffer>;
  /** [features] for two classes (of the larger label), [classes, features] for more. */
  readonly coef: Float64Array<ArrayBuffer>;
  /** [1] for two classes, [classes] for more. */
  readonly intercept: Float64Array<ArrayBuffer>;
  readonly nIter: number;
  /** Whether the slopes came below the tolerance. */
  readonly converged: boolean;
  /** The mean loss with its penalty, divided by C. */
  readonly loss: number;
  protected readonly features: number;
  readonly #shift: Float32Array<ArrayBuffer>;

  constructor(saved: SavedLogistic) {
    super();
    this.classes = Float32Array.from(saved.classes);
    this.coef = Float64Array.from(saved.coef);
    this.intercept = Float64Array.from(saved.intercept);
    this.nIter = saved.nIter;
    this.converged = saved.converged;
    this.loss = saved.loss;
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

  toJSON(): SavedLogistic {
    const { estimator, nIter, converged, loss } = this;
    return {
      estimator,
      classes: [...this.classes],
      coef: [...this.coef],
      intercept: [...this.intercept],
      shift: [...this.#shift],
      nIter,
      converged,
      loss,
    };
  }
}
