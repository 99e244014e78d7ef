import { ValueError } from "../../core/errors.ts";
import type { Random } from "../../core/rng.ts";
import { accuracyScore } from "../metrics/classification.ts";
import { r2Score } from "../metrics/regression.ts";
import { splitRows } from "../model_selection/split_rows.ts";
import type { HostMatrix } from "../samples.ts";
import type { Lessons, Weights } from "./descend_samples.ts";

/** Held-out samples, which decide when a descent ends. */
export interface HoldBack {
  /** Fraction of the samples, in (0, 1). */
  readonly fraction: number;
  /** Whether y is ±1: then the split is stratified, and the score is the accuracy; otherwise it is R². */
  readonly classes: boolean;
}

export interface HeldBack {
  /** The samples used for training, in order. */
  readonly rows: Uint32Array;
  /** Score of the predictions for the held-out samples, by weight. */
  readonly score: (weights: Weights) => number;
}

/** Samples of weight 0 are in neither part. Throws `ValueError` for too few samples. */
export function holdBack(
  who: string,
  { host, features }: HostMatrix,
  { y, weight, called }: Lessons,
  { fraction, classes }: HoldBack,
  random: Random,
): HeldBack {
  const counted = Uint32Array.from(weight.keys()).filter((row) => (weight[row] as number) > 0);
  const n = counted.length;
  const test = Math.ceil(fraction * n);
  const advice = "leave earlyStopping out, or choose another validationFraction";
  if (test >= n) {
    throw new ValueError(
      `${who}: expected samples to learn from beside those held back, got ${n} samples, of which ${test} are held back; ${advice}`,
    );
  }
  const of = (values: Float64Array, rows: ArrayLike<number>) =>
    Float64Array.from(rows, (row) => values[row] as number);
  const sizes = { train: n - test, test };
  const [others = "-1", own = "1"] = called ?? [];
  const parts = splitRows(who, n, sizes, random, classes ? of(y, counted) : undefined, {
    advice,
    called: (label) => (label === 1 ? own : others),
  });
  const held = parts.test.map((at) => counted[at] as number);
  const [truth, sampleWeight] = [of(y, held), of(weight, held)];
  const predict = (row: number, { coef, intercept }: Weights) =>
    coef.reduce((sum, w, c) => sum + w * (host[row * features + c] as number), intercept);
  const side = (value: number) => (value > 0 ? 1 : -1);
  return {
    rows: parts.train.map((at) => counted[at] as number).sort(),
    score: (weights) => {
      const predicted = Float64Array.from(held, (row) => predict(row, weights));
      return classes
        ? accuracyScore(truth, predicted.map(side), { sampleWeight })
        : r2Score(truth, predicted, { sampleWeight });
    },
  };
}

/** Throws `ValueError` for settings that `partialFit` does not support: held-out samples. */
export function checkParts(who: string, { holdBack }: { readonly holdBack?: HoldBack }): void {
  if (!holdBack) return;
  throw new ValueError(
    `${who}: expected earlyStopping false, got true; partial_fit uses each part once: score held-out samples between the parts`,
  );
}
