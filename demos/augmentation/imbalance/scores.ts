import { averagePrecisionScore, balancedAccuracyScore, confusionMatrix } from "wgrad/ml";

/** Quality of log-odds of the rare class. */
export interface Scores {
  /** Balanced accuracy: the mean of both classes' recalls. */
  readonly balancedAccuracy: number;
  /** Average precision: the area under the precision-recall curve. */
  readonly averagePrecision: number;
}

/** The confusion matrix; the rare class is the positive one. */
export interface Counts {
  readonly tn: number;
  readonly fp: number;
  readonly fn: number;
  readonly tp: number;
}

const saidAt = (odds: Float64Array, cut: number) =>
  Array.from(odds, (each) => (each >= cut ? 1 : 0));

/** `cut`: the log-odds from which on a sample is predicted as rare. `weight`: sample weights for the precision. */
export function scoresOf(
  y: readonly number[],
  odds: Float64Array,
  { cut = 0, weight }: { readonly cut?: number; readonly weight?: readonly number[] } = {},
): Scores {
  return {
    balancedAccuracy: balancedAccuracyScore([...y], saidAt(odds, cut)),
    averagePrecision: averagePrecisionScore([...y], odds, weight ? { sampleWeight: weight } : {}),
  };
}

export function countsOf(y: readonly number[], odds: Float64Array, cut: number): Counts {
  const { matrix } = confusionMatrix([...y], saidAt(odds, cut), { labels: [0, 1] });
  const [[tn = 0, fp = 0] = [], [fn = 0, tp = 0] = []] = matrix;
  return { tn, fp, fn, tp };
}

/** The threshold of the log-odds at which the balanced accuracy is greatest. */
export function bestCut(y: readonly number[], odds: Float64Array): number {
  const order = [...odds.keys()].sort((a, b) => Number(odds[b]) - Number(odds[a]));
  const rare = y.reduce((sum, label) => sum + label, 0);
  let [tp, fp, best, cut] = [0, 0, Number.NEGATIVE_INFINITY, 0];
  order.forEach((sample, i) => {
    if (y[sample]) tp++;
    else fp++;
    const [here, next] = [Number(odds[sample]), Number(odds[order[i + 1] ?? sample])];
    const score = tp / rare - fp / (y.length - rare);
    if (here === next || score <= best) return;
    [best, cut] = [score, (here + next) / 2];
  });
  return cut;
}
