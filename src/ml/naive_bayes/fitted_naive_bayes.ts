import { checkArguments, signature } from "../../core/signature.ts";
import { ProbabilisticClassifier } from "../fitted_classifier.ts";
import { samples } from "../kinds.ts";
import type { Label } from "../labels.ts";
import { type FloatMatrix, type HostMatrix, readMatrix, type Samples } from "../samples.ts";

/** What fitted classifiers of naive Bayes share. */
export abstract class FittedNaiveBayes<
  L extends Label = number,
> extends ProbabilisticClassifier<L> {
  /** log P(class) + log P(x | class) of samples that were checked: [samples, classes]. */
  protected abstract joint(matrix: HostMatrix): Float64Array<ArrayBuffer>;

  /** [samples, classes]: log P(class) + log P(x | class), in float64, −∞ for a class that is never predicted. */
  async predictJointLogProba(X: Samples): Promise<FloatMatrix> {
    const who = `${this.estimator}.predictJointLogProba`;
    checkArguments(signature(who, { X: samples }), arguments);
    const matrix = await readMatrix(who, X, { features: this.features });
    return { data: this.joint(matrix), shape: [matrix.samples, this.classes.length] };
  }
}
