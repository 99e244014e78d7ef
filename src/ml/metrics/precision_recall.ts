import { numbers } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import { label as labelKind, labelValues } from "../kinds.ts";
import type { Label, LabelKind, LabelValues } from "../labels.ts";
import type { Numbers } from "./pairs.ts";
import { type RocOptions, thresholdCounts } from "./roc.ts";

/** Precision and recall at every threshold, from the loosest to the strictest. */
export interface PrecisionRecallCurve {
  /** True positives as a share of what counts as positive; the last is 1, of no sample. */
  readonly precision: readonly number[];
  /** True positives as a share of the positives; the last is 0. */
  readonly recall: readonly number[];
  /** Samples with at least this score count as positive: one less than there are points. */
  readonly thresholds: readonly number[];
}

const kinds = {
  yTrue: labelValues,
  scores: numbers,
  options: /* @__PURE__ */ options<RocOptions>({ posLabel: labelKind, sampleWeight: numbers }),
};

/**
 * Precision and recall at every score there is. `scores` `[samples]`: decision values, or the probability of the positive
 * class. Throws `ValueError` unless there are samples of two classes.
 */
export const precisionRecallCurve = /* @__PURE__ */ checked(
  "precisionRecallCurve",
  kinds,
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    scores: Numbers,
    given: RocOptions<LabelKind<L>> = {},
  ): PrecisionRecallCurve => curveOf("precisionRecallCurve", yTrue, scores, given),
);

/**
 * The mean of the precisions, each by how much recall it adds, Σ (Rₙ − Rₙ₋₁)·Pₙ: the area under the steps of the curve,
 * without interpolation. As many positives as there are in all is what chance reaches.
 */
export const averagePrecisionScore = /* @__PURE__ */ checked(
  "averagePrecisionScore",
  kinds,
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    scores: Numbers,
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
  scores: Numbers,
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
