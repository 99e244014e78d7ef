import { checkArguments, signature } from "../../core/signature.ts";
import { tensor } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { ProbabilisticClassifier } from "../fitted_classifier.ts";
import { samples } from "../kinds.ts";
import type { Label } from "../labels.ts";
import { type FloatMatrix, type HostMatrix, readMatrix, type Samples } from "../samples.ts";

/** Maximum number of terms of log-probabilities that the host sums in float64: some tens of milliseconds. */
const MOST_WORK = 2 ** 24;
/** Smallest logarithm in f32; below it a class counts as impossible. */
const LEAST_LOG = -3e38;

/** Base of the fitted naive Bayes classifiers. */
export abstract class FittedNaiveBayes<
  L extends Label = number,
> extends ProbabilisticClassifier<L> {
  /** log P(class) + log P(x | class) for checked samples: [samples, classes]. */
  protected abstract joint(matrix: HostMatrix): Float64Array<ArrayBuffer>;

  /** The same on the GPU in f32, up to a constant per sample; refuses samples that f32 cannot distinguish. */
  protected abstract jointInF32(matrix: HostMatrix): Tensor;

  /**
   * Sums that the host computed in float64 are uploaded relative to each sample's maximum, which preserves the differences
   * between classes.
   */
  protected scores(matrix: HostMatrix): Tensor {
    const k = this.classes.length;
    if (matrix.samples * k * this.features > MOST_WORK) return this.jointInF32(matrix);
    const joint = this.joint(matrix);
    const scores = new Float32Array(joint.length);
    for (let start = 0; start < joint.length; start += k) {
      const own = joint.subarray(start, start + k);
      const most = own.reduce((a, b) => Math.max(a, b), -Number.MAX_VALUE);
      own.forEach((value, c) => {
        scores[start + c] = Number.isFinite(value) ? Math.max(value - most, LEAST_LOG) : value;
      });
    }
    return tensor(scores, { shape: [matrix.samples, k] });
  }

  /** `[samples, classes]`: log P(class) + log P(x | class), in float64, −∞ for a class that is never predicted. */
  async predictJointLogProba(X: Samples): Promise<FloatMatrix> {
    const who = `${this.estimator}.predictJointLogProba`;
    checkArguments(signature(who, { X: samples }), arguments);
    const matrix = await readMatrix(who, X, { features: this.features });
    return { data: this.joint(matrix), shape: [matrix.samples, this.classes.length] };
  }
}
