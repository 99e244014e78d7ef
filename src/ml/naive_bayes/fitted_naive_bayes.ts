import { checkArguments, signature } from "../../core/signature.ts";
import { tensor } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { ProbabilisticClassifier } from "../fitted_classifier.ts";
import { samples } from "../kinds.ts";
import type { Label } from "../labels.ts";
import { type FloatMatrix, type HostMatrix, readMatrix, type Samples } from "../samples.ts";

/** Terms of log-probabilities that the host adds up in float64: some tens of milliseconds. */
const MOST_WORK = 2 ** 24;
/** Logs that f32 holds, beyond which a class is as good as impossible. */
const LEAST_LOG = -3e38;

/** What fitted classifiers of naive Bayes share. */
export abstract class FittedNaiveBayes<
  L extends Label = number,
> extends ProbabilisticClassifier<L> {
  /** log P(class) + log P(x | class) of samples that were checked: [samples, classes]. */
  protected abstract joint(matrix: HostMatrix): Float64Array<ArrayBuffer>;

  /** The same on the GPU in f32, up to a constant of each sample; refuses samples that f32 cannot tell apart. */
  protected abstract jointInF32(matrix: HostMatrix): Tensor;

  /** What the host adds up in float64 goes to the GPU about the largest of each sample, which keeps what tells classes apart. */
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
