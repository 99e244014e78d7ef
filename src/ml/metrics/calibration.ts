import { count, oneOf } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import { label as labelKind, labelValues } from "../kinds.ts";
import type { Label, LabelKind, LabelValues } from "../labels.ts";
import { type ClassMatrix, scoresKind } from "./class_matrix.ts";
import type { Numbers } from "./pairs.ts";
import { positivesOf } from "./probabilities.ts";

/** Options of `calibrationCurve`. */
export interface CalibrationOptions<L extends Label = number> {
  /** Number of bins for the probabilities. Default 5. */
  readonly nBins?: number;
  /** Bins of equal width, or with equal numbers of samples. Default "uniform". */
  readonly strategy?: "uniform" | "quantile";
  /** The class of the probabilities. Default the larger of the two labels. */
  readonly posLabel?: L;
}

/** Observed and predicted frequency of positives in the bins that contain samples. */
export interface CalibrationCurve {
  /** Fraction of positives in each bin, in 0..1. */
  readonly probTrue: readonly number[];
  /** Mean of the predicted probabilities in each bin. */
  readonly probPred: readonly number[];
}

/**
 * How well probabilities `yProba` [samples] of one of two classes, or all of predictProba for two, are calibrated: both
 * lists are equal for perfect calibration.
 */
export const calibrationCurve = /* @__PURE__ */ checked(
  "calibrationCurve",
  {
    yTrue: labelValues,
    yProba: scoresKind,
    options: options<CalibrationOptions>({
      nBins: count,
      strategy: oneOf("uniform", "quantile"),
      posLabel: labelKind,
    }),
  },
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    given: Numbers | ClassMatrix,
    { nBins = 5, strategy = "uniform", posLabel }: CalibrationOptions<LabelKind<L>> = {},
  ): CalibrationCurve => {
    const { is, yProba } = positivesOf("calibrationCurve", yTrue, given, posLabel);
    const inner = edgesOf(yProba, nBins, strategy);
    const bins = Array.from({ length: nBins }, () => ({ positive: 0, sum: 0, count: 0 }));
    is.forEach((own, i) => {
      const p = yProba[i] as number;
      const bin = bins[inner.filter((edge) => edge < p).length] as (typeof bins)[number];
      bin.positive += own;
      bin.sum += p;
      bin.count++;
    });
    const held = bins.filter((bin) => bin.count > 0);
    return {
      probTrue: held.map((bin) => bin.positive / bin.count),
      probPred: held.map((bin) => bin.sum / bin.count),
    };
  },
);

/** Inner boundaries of the bins. */
function edgesOf(yProba: Numbers, nBins: number, strategy: "uniform" | "quantile"): number[] {
  const shares = Array.from({ length: nBins - 1 }, (_, i) => (i + 1) / nBins);
  if (strategy === "uniform") return shares;
  const sorted = Float64Array.from(yProba).sort();
  return shares.map((share) => {
    const place = share * (sorted.length - 1);
    const [low, high] = [Math.floor(place), Math.ceil(place)].map((at) => sorted[at] as number);
    return (low as number) + (place % 1) * ((high as number) - (low as number));
  });
}
