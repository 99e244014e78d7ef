import { logSoftmax, softmax } from "../ops/activation/softmax.ts";
import { argmax } from "../ops/reduce/reduce.ts";
import { scope } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Label, type LabelInput, type LabelList, labelsAt } from "./labels.ts";
import { checkInRange } from "./overflow.ts";
import { type FloatMatrix, type HostMatrix, readMatrix, type Samples } from "./samples.ts";
import { type ScoreOptions, scoreLabels } from "./scoring.ts";

/** A fitted model that has a score for every class: the highest is its answer. */
export abstract class FittedClassifier<L extends Label = number> {
  /** The class that fitted it. */
  abstract readonly estimator: string;
  /** `[classes]`: the labels of fit, sorted. */
  abstract readonly classes: LabelList<L>;
  protected abstract readonly features: number;

  /** Scores [samples, classes] on the GPU, within a scope of the caller. */
  protected abstract scores(matrix: HostMatrix): Tensor;

  /** `[samples]`: the label of the highest score; of equal ones the first. Throws `ShapeError` for other features than in fit. */
  async predict(X: Samples): Promise<LabelList<L>> {
    const best = await this.read(X, (scores) => argmax(scores, 1));
    return labelsAt<L>(this.classes, best.data);
  }

  /** Share of the samples, by weight, that get their label. */
  score(X: Samples, y: LabelInput<L>, options: ScoreOptions = {}): Promise<number> {
    return scoreLabels<L>(this, X, y, options);
  }

  /** Computes `work` of the scores and reads the result; nothing stays on the GPU. */
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

/** Probabilities of scores that are their logs, up to a constant of each sample. */
export const probabilities = (scores: Tensor): Tensor => softmax(scores);
/** Their logs. */
export const logProbabilities = (scores: Tensor): Tensor => logSoftmax(scores);

/** One whose scores are logs of probabilities, up to a constant of each sample. */
export abstract class ProbabilisticClassifier<
  L extends Label = number,
> extends FittedClassifier<L> {
  /** `[samples, classes]`: probabilities. */
  predictProba(X: Samples): Promise<FloatMatrix> {
    return this.read(X, probabilities);
  }

  /** `[samples, classes]`: logs of the probabilities. */
  predictLogProba(X: Samples): Promise<FloatMatrix> {
    return this.read(X, logProbabilities);
  }
}
