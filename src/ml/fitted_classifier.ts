import { plainSoftmax } from "../ops/activation/softmax.ts";
import { argmax } from "../ops/reduce/reduce.ts";
import { scope } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Label, type LabelInput, type LabelList, labelsAt } from "./labels.ts";
import { checkInRange } from "./overflow.ts";
import { type FloatMatrix, type HostMatrix, readMatrix, type Samples } from "./samples.ts";
import { type ScoreOptions, scoreLabels } from "./scoring.ts";

/** A fitted model with a score for every class; it predicts the class with the highest score. */
export abstract class FittedClassifier<L extends Label = number> {
  /** The class that fitted it. */
  abstract readonly estimator: string;
  /** `[classes]`: the labels of fit, sorted. */
  abstract readonly classes: LabelList<L>;
  protected abstract readonly features: number;

  /** Scores [samples, classes] on the GPU, within the caller's scope. */
  protected abstract scores(matrix: HostMatrix): Tensor;

  /**
   * `[samples]`: the label with the highest score, the first of equal ones. Throws `ShapeError` for another number of
   * features than in fit.
   */
  async predict(X: Samples): Promise<LabelList<L>> {
    const best = await this.read(X, (scores) => argmax(scores, 1));
    return labelsAt<L>(this.classes, best.data);
  }

  /** Accuracy: the fraction of the samples, by weight, whose label is predicted. */
  score(X: Samples, y: LabelInput<L>, options: ScoreOptions = {}): Promise<number> {
    return scoreLabels<L>(this, X, y, options);
  }

  /** Applies `work` to the scores and reads the result; nothing stays on the GPU. */
  protected async read(X: Samples, work: (scores: Tensor) => Tensor): Promise<FloatMatrix> {
    const matrix = await readMatrix(this.estimator, X, { features: this.features });
    const result = scope(() => work(this.scores(matrix)));
    try {
      const data = Float64Array.from(await result.read());
      checkInRange(matrix, data);
      return { data, shape: [matrix.samples, data.length / matrix.samples] };
    } finally {
      result.dispose();
    }
  }
}

/** Probabilities from scores that are their logarithms up to a constant per sample. */
export const probabilities = (scores: Tensor): Tensor => plainSoftmax(scores, -1, false);
/** Logarithms of the same probabilities. */
export const logProbabilities = (scores: Tensor): Tensor => plainSoftmax(scores, -1, true);

/** A classifier whose scores are logarithms of probabilities, up to a constant per sample. */
export abstract class ProbabilisticClassifier<
  L extends Label = number,
> extends FittedClassifier<L> {
  /** `[samples, classes]`: probabilities. */
  predictProba(X: Samples): Promise<FloatMatrix> {
    return this.read(X, probabilities);
  }

  /** `[samples, classes]`: logarithms of the probabilities. */
  predictLogProba(X: Samples): Promise<FloatMatrix> {
    return this.read(X, logProbabilities);
  }
}
