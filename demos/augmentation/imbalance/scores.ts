import { averagePrecisionScore, balancedAccuracyScore, confusionMatrix } from "wgrad/ml";

/** How good log-odds of the rare class are. */
export interface Scores {
  /** Mean of the shares of either class that are right. */
  readonly balancedAccuracy: number;
  /** Area under precision over recall. */
  readonly averagePrecision: number;
}

/** How often each class was taken for each: the rare one is the positive one. */
export interface Counts {
  readonly tn: number;
  readonly fp: number;
  readonly fn: number;
  readonly tp: number;
}

const saidAt = (odds: Float64Array, cut: number) =>
  Array.from(odds, (each) => (each >= cut ? 1 : 0));

/** `cut`: log-odds from which on a sample is said to be rare. `weight`: how much each sample counts for the precision. */
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

/** The log-odds at which the balanced accuracy of samples is greatest: threshold moving. */
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
