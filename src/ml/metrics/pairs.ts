import { ShapeError, ValueError } from "../../core/errors.ts";
import { numbers } from "../../core/kinds.ts";
import { labelValues } from "../kinds.ts";
import { checkLabels, type Label, type LabelList, type LabelValues } from "../labels.ts";

/** Numbers, one per sample: predictions of a regressor, and targets to compare them with. */
export type Numbers = ArrayLike<number>;

/** Kinds of the arguments of every regression score: lists for the same samples. */
export const pairKinds = { yTrue: numbers, yPred: numbers };

/** Kinds of the arguments of every classification score. */
export const labelPairKinds = { yTrue: labelValues, yPred: labelValues };

/** Throws unless both have a label for each of the same samples, at least one, all of one kind. */
export function checkLabelPair<L extends Label>(
  who: string,
  yTrue: LabelValues,
  yPred: LabelValues,
): { readonly truth: LabelList<L>; readonly given: LabelList<L> } {
  checkLengths(who, yTrue.length, yPred.length);
  const truth = checkLabels<L>(who, yTrue, { name: "yTrue" });
  const like = ["yTrue[0]", truth[0]] as const;
  return { truth, given: checkLabels<L>(who, yPred, { name: "yPred", like }) };
}

/** Throws unless both have a finite number for each of the same samples, at least one. */
export function checkPair(who: string, truth: Numbers, other: Numbers, named = "yPred"): void {
  checkLengths(who, truth.length, other.length, named);
  checkFinite(who, "yTrue", truth);
  checkFinite(who, named, other);
}

export function checkLengths(who: string, truth: number, other: number, named = "yPred"): void {
  if (truth === other && truth > 0) return;
  throw new ShapeError(
    `${who}: expected yTrue and ${named} of the same samples, one at least, got ${truth} and ${other}; ` +
      "pass one of each per sample",
  );
}

export function checkFinite(who: string, name: string, numbers: Numbers): void {
  for (let i = 0; i < numbers.length; i++) {
    if (Number.isFinite(numbers[i])) continue;
    throw new ValueError(
      `${who}: expected finite numbers, got ${name}[${i}] = ${numbers[i]}; drop such samples`,
    );
  }
}

/** Weights of n samples: 1 each by default. Throws unless they are numbers ≥ 0, at least one of them positive. */
export function weightsOf(who: string, given: Numbers | undefined, n: number): ArrayLike<number> {
  if (given === undefined) return new Float64Array(n).fill(1);
  if (given.length !== n) {
    throw new ShapeError(
      `${who}: expected ${n} weights in sampleWeight, got ${given.length}; pass one per sample`,
    );
  }
  checkFinite(who, "sampleWeight", given);
  const weights = Array.from(given);
  if (weights.some((w) => w < 0) || weights.every((w) => w === 0)) {
    throw new ValueError(
      `${who}: expected sampleWeight of numbers ≥ 0, not all 0; drop samples without weight`,
    );
  }
  return weights;
}
