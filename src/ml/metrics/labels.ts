import { ShapeError, ValueError } from "../../core/errors.ts";
import { numbers } from "../../core/kinds.ts";

/** Labels or numbers, one a sample: what `predict` gives and what it is compared with. */
export type Numbers = ArrayLike<number>;

/** What every score takes: lists of the same samples. */
export const pairKinds = { yTrue: numbers, yPred: numbers };

/** Throws unless both have a finite number for each of the same samples, one at least. */
export function checkPair(who: string, truth: Numbers, other: Numbers, named = "yPred"): void {
  if (truth.length !== other.length || truth.length === 0) {
    throw new ShapeError(
      `${who}: expected yTrue and ${named} of the same samples, one at least, got ${truth.length} and ${other.length}; ` +
        "pass one number a sample",
    );
  }
  checkFinite(who, "yTrue", truth);
  checkFinite(who, named, other);
}

function checkFinite(who: string, name: string, numbers: Numbers): void {
  for (let i = 0; i < numbers.length; i++) {
    if (Number.isFinite(numbers[i])) continue;
    throw new ValueError(
      `${who}: expected finite numbers, got ${name}[${i}] = ${numbers[i]}; drop such samples`,
    );
  }
}

/** Weights of n samples: 1 each unless they are given. Throws unless they are numbers ≥ 0 of which one is more. */
export function weightsOf(who: string, given: Numbers | undefined, n: number): ArrayLike<number> {
  if (given === undefined) return new Float64Array(n).fill(1);
  if (given.length !== n) {
    throw new ShapeError(
      `${who}: expected ${n} weights in sampleWeight, got ${given.length}; pass one a sample`,
    );
  }
  checkFinite(who, "sampleWeight", given);
  const weights = Array.from(given);
  if (weights.some((w) => w < 0) || weights.every((w) => w === 0)) {
    throw new ValueError(
      `${who}: expected sampleWeight of numbers ≥ 0, one of them more; drop samples that do not count`,
    );
  }
  return weights;
}

/** The distinct labels of all lists, ascending. */
export const distinct = (...lists: readonly Numbers[]): number[] =>
  [...new Set(lists.flatMap((list) => Array.from(list)))].sort((a, b) => a - b);
