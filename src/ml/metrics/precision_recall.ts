import { numbers } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import { label as labelKind, labelValues } from "../kinds.ts";
import type { Label, LabelKind, LabelValues } from "../labels.ts";
import { type ClassMatrix, scoresKind } from "./class_matrix.ts";
import type { Numbers } from "./pairs.ts";
import { type RocOptions, thresholdCounts } from "./roc.ts";

/** Precision and recall at every threshold, from the lowest to the highest. */
export interface PrecisionRecallCurve {
  /** True positives divided by predicted positives; the last is 1, for no sample. */
  readonly precision: readonly number[];
  /** True positives divided by positives; the last is 0. */
  readonly recall: readonly number[];
  /** Samples with at least this score are predicted positive; one fewer than there are points. */
  readonly thresholds: readonly number[];
}

const kinds = {
  yTrue: labelValues,
  scores: scoresKind,
  options: /* @__PURE__ */ options<RocOptions>({ posLabel: labelKind, sampleWeight: numbers }),
};

/**
 * Precision and recall at every score that occurs. `scores` `[samples]`: decision values, or the probability of the
 * positive class; or all that decisionFunction or predictProba gave for two classes. Throws `ValueError` unless there
 * are samples of two classes.
 */
export const precisionRecallCurve = /* @__PURE__ */ checked(
  "precisionRecallCurve",
  kinds,
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    scores: Numbers | ClassMatrix,
    given: RocOptions<LabelKind<L>> = {},
  ): PrecisionRecallCurve => curveOf("precisionRecallCurve", yTrue, scores, given),
);

/**
 * The mean of the precisions, weighted by the increase of recall, Σ (Rₙ − Rₙ₋₁)·Pₙ: the area under the steps of the curve,
 * without interpolation. Chance gives the fraction of positives.
 */
export const averagePrecisionScore = /* @__PURE__ */ checked(
  "averagePrecisionScore",
  kinds,
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    scores: Numbers | ClassMatrix,
    given: RocOptions<LabelKind<L>> = {},
  ): number => {
    const { precision, recall } = curveOf("averagePrecisionScore", yTrue, scores, given);
    let sum = 0;
    for (let i = 0; i + 1 < recall.length; i++) {
      sum += ((recall[i] as number) - (recall[i + 1] as number)) * (precision[i] as number);
    }
    return sum;
  },
);

function curveOf<L extends Label>(
  who: string,
  yTrue: LabelValues<L>,
  scores: Numbers | ClassMatrix,
  given: RocOptions<LabelKind<L>>,
): PrecisionRecallCurve {
  const { fp, tp, thresholds } = thresholdCounts(who, yTrue, scores, given);
  const all = tp.at(-1) as number;
  const loosestFirst = [...tp.keys()].slice(1).reverse();
  const at = (list: readonly number[], i: number) => list[i] as number;
  return {
    precision: [...loosestFirst.map((i) => at(tp, i) / (at(tp, i) + at(fp, i)) || 0), 1],
    recall: [...loosestFirst.map((i) => at(tp, i) / all), 0],
    thresholds: loosestFirst.map((i) => at(thresholds, i)),
  };
}
