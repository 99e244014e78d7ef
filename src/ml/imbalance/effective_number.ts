import { ValueError } from "../../core/errors.ts";
import { finite, numbers } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";

/** Options of `effectiveNumberWeights` (Cui et al. 2019). */
export interface EffectiveNumberOptions {
  /** β in [0, 1): how much the number of samples affects the weights; 0 weights all classes equally. Default 0.9999. */
  readonly beta?: number;
}

/**
 * Weights of classes by the effective number of their samples, (1 − β)/(1 − βⁿ), scaled so that their sum is the number of
 * classes (Cui, Jia, Lin, Song and Belongie, "Class-balanced loss based on effective number of samples", 2019). As the
 * `weight` of `crossEntropy` or `focalLoss`, `tensor(Float32Array.from(weights))`, they give the class-balanced loss; by
 * label they are a `classWeight` of estimators.
 *
 * `samplesPerClass` [classes]. Throws `ValueError` for a number below 1 or another β.
 */
export const effectiveNumberWeights = /* @__PURE__ */ checked(
  "effectiveNumberWeights",
  { samplesPerClass: numbers, options: options<EffectiveNumberOptions>({ beta: finite }) },
  (
    samplesPerClass: ArrayLike<number>,
    { beta = 0.9999 }: EffectiveNumberOptions = {},
  ): Float64Array<ArrayBuffer> => {
    const who = "effectiveNumberWeights";
    const counts = Array.from(samplesPerClass);
    const odd = counts.find((n) => !(n >= 1 && Number.isFinite(n)));
    if (counts.length === 0 || odd !== undefined) {
      throw new ValueError(
        `${who}: expected 1 sample at least of each class, got ${odd ?? "no class"}; leave such classes out`,
      );
    }
    if (!(beta >= 0 && beta < 1)) {
      throw new ValueError(`${who}: expected beta in [0, 1), got ${beta}; the default is 0.9999`);
    }
    const raw = counts.map((n) => -(1 - beta) / Math.expm1(n * Math.log(beta)));
    const sum = raw.reduce((a, b) => a + b, 0);
    return Float64Array.from(raw, (weight) => (weight * counts.length) / sum);
  },
);
