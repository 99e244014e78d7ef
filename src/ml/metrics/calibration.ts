import { count, numbers, oneOf } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import { label as labelKind, labelValues } from "../kinds.ts";
import type { Label, LabelKind, LabelValues } from "../labels.ts";
import type { Numbers } from "./pairs.ts";
import { positivesOf } from "./probabilities.ts";

/** Options of `calibrationCurve`. */
export interface CalibrationOptions<L extends Label = number> {
  /** Bins that the probabilities are sorted into. Default 5. */
  readonly nBins?: number;
  /** Bins of one width, or of as many samples each. Default "uniform". */
  readonly strategy?: "uniform" | "quantile";
  /** The class that the probabilities are of. Default the larger of the two labels. */
  readonly posLabel?: L;
}

/** Of the bins that hold samples: how often they are positive, and how likely they were said to be. */
export interface CalibrationCurve {
  /** Share of positives in each bin, in 0..1. */
  readonly probTrue: readonly number[];
  /** Mean of the given probabilities in each bin. */
  readonly probPred: readonly number[];
}

/** How far probabilities `yProba` [samples] of one of two classes are what they say: on the diagonal if both lists agree. */
export const calibrationCurve = /* @__PURE__ */ checked(
  "calibrationCurve",
  {
    yTrue: labelValues,
    yProba: numbers,
    options: options<CalibrationOptions>({
      nBins: count,
      strategy: oneOf("uniform", "quantile"),
      posLabel: labelKind,
    }),
  },
  <L extends Label = number>(
    yTrue: LabelValues<L>,
    yProba: Numbers,
    { nBins = 5, strategy = "uniform", posLabel }: CalibrationOptions<LabelKind<L>> = {},
  ): CalibrationCurve => {
    const is = positivesOf("calibrationCurve", yTrue, yProba, posLabel);
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

/** What parts bins, without the ends. */
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
