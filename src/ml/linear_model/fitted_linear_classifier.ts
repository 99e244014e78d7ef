import { accuracyScore } from "../metrics/classification.ts";
import {
  type FloatMatrix,
  readSamples,
  readTargets,
  type Samples,
  type Targets,
} from "../samples.ts";
import type { Saved } from "../saved.ts";
import { scores } from "./fitted_linear.ts";

export interface SavedLinearClassifier extends Saved {
  readonly classes: readonly number[];
  readonly coef: readonly number[];
  readonly intercept: readonly number[];
  readonly shift: readonly number[];
  readonly nIter: number;
  readonly converged: boolean;
}

/** A fitted linear classifier whose functions say how far a sample is on a class's side: `LinearSVC`, `Perceptron`. */
export class FittedLinearClassifier {
  readonly estimator: string;
  /** [classes], ascending. */
  readonly classes: Float32Array<ArrayBuffer>;
  /** [features] for two classes (of the larger label), [classes, features] for more. */
  readonly coef: Float64Array<ArrayBuffer>;
  /** [1] for two classes, [classes] for more. */
  readonly intercept: Float64Array<ArrayBuffer>;
  readonly nIter: number;
  readonly converged: boolean;
  readonly #shift: Float32Array<ArrayBuffer>;

  constructor(saved: SavedLinearClassifier) {
    this.estimator = saved.estimator;
    this.classes = Float32Array.from(saved.classes);
    this.coef = Float64Array.from(saved.coef);
    this.intercept = Float64Array.from(saved.intercept);
    this.nIter = saved.nIter;
    this.converged = saved.converged;
    this.#shift = Float32Array.from(saved.shift);
  }

  /** [samples, 1] for two classes, positive for the larger label; [samples, classes] for more. */
  async decisionFunction(X: Samples): Promise<FloatMatrix> {
    const x = await readSamples(this.estimator, X, { features: this.#shift.length });
    try {
      const data = await scores(x, this.#shift, this.coef, this.intercept);
      return { data, shape: [x.samples, this.intercept.length] };
    } finally {
      x.dispose();
    }
  }

  /** [samples]: the label of the greatest decision. */
  async predict(X: Samples): Promise<Float32Array<ArrayBuffer>> {
    const { data, shape } = await this.decisionFunction(X);
    const k = shape[1];
    return Float32Array.from({ length: shape[0] }, (_, i) => {
      if (k === 1) return this.classes[Number((data[i] as number) > 0)] as number;
      const own = data.subarray(i * k, (i + 1) * k);
      return this.classes[own.indexOf(own.reduce((a, b) => Math.max(a, b)))] as number;
    });
  }

  /** Share of the samples that get their label. */
  async score(X: Samples, y: Targets): Promise<number> {
    const predicted = await this.predict(X);
    return accuracyScore(await readTargets(this.estimator, y, predicted.length), predicted);
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
