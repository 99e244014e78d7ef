import { logProbabilities, probabilities } from "../fitted_classifier.ts";
import type { Label } from "../labels.ts";
import type { FloatMatrix, Samples } from "../samples.ts";
import { FittedLinearClassifier, type SavedLinearClassifier } from "./fitted_linear_classifier.ts";

export interface SavedLogistic<L extends Label = Label> extends SavedLinearClassifier<L> {
  readonly loss: number;
}

/** A fitted `LogisticRegression`. */
export class FittedLogistic<L extends Label = number> extends FittedLinearClassifier<L> {
  /** The mean loss with its penalty, divided by C. */
  readonly loss: number;

  constructor(saved: SavedLogistic<L>) {
    super(saved);
    this.loss = saved.loss;
  }

  /** [samples, classes]: probabilities. */
  predictProba(X: Samples): Promise<FloatMatrix> {
    return this.read(X, probabilities);
  }

  /** [samples, classes]: logs of the probabilities. */
  predictLogProba(X: Samples): Promise<FloatMatrix> {
    return this.read(X, logProbabilities);
  }

  override toJSON(): SavedLogistic<L> {
    return { ...super.toJSON(), loss: this.loss };
  }
}
