import { numbers } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import type { Weighted } from "./classification.ts";
import { checkPair, type Numbers, pairKinds, weightsOf } from "./pairs.ts";

const kinds = {
  ...pairKinds,
  options: /* @__PURE__ */ options<Weighted>({ sampleWeight: numbers }),
};

/** Mean of (y − ŷ)², by weight. */
export const meanSquaredError = /* @__PURE__ */ checked(
  "meanSquaredError",
  kinds,
  (yTrue: Numbers, yPred: Numbers, { sampleWeight }: Weighted = {}): number =>
    meanOf("meanSquaredError", yTrue, yPred, sampleWeight, (error) => error * error),
);

/** The square root of the mean of (y − ŷ)², by weight: in the units of y. */
export const rootMeanSquaredError = /* @__PURE__ */ checked(
  "rootMeanSquaredError",
  kinds,
  (yTrue: Numbers, yPred: Numbers, options: Weighted = {}): number =>
    Math.sqrt(meanSquaredError(yTrue, yPred, options)),
);

/** Mean of |y − ŷ|, by weight. */
export const meanAbsoluteError = /* @__PURE__ */ checked(
  "meanAbsoluteError",
  kinds,
  (yTrue: Numbers, yPred: Numbers, { sampleWeight }: Weighted = {}): number =>
    meanOf("meanAbsoluteError", yTrue, yPred, sampleWeight, Math.abs),
);

/**
 * R² = 1 − Σ (y − ŷ)² / Σ (y − ȳ)², by weight: 1 for perfect predictions, 0 for predictions no better than the mean. If all
 * y are equal: 1 for correct predictions, 0 otherwise.
 */
export const r2Score = /* @__PURE__ */ checked(
  "r2Score",
  kinds,
  (yTrue: Numbers, yPred: Numbers, { sampleWeight }: Weighted = {}): number => {
    checkPair("r2Score", yTrue, yPred);
    const weights = weightsOf("r2Score", sampleWeight, yTrue.length);
    const counted = Array.from(weights, (_, i) => i).filter((i) => weights[i] !== 0);
    const first = yTrue[counted[0] as number] as number;
    const [mean, spread] = aroundOf(yTrue, weights, counted, first);
    if (spread === 0) return Number(counted.every((i) => yPred[i] === first));
    // relative to the spread, so that squares do not underflow float64
    const sum = (error: (y: number, i: number) => number) =>
      counted.reduce(
        (all, i) => all + (weights[i] as number) * (error(yTrue[i] as number, i) / spread) ** 2,
        0,
      );
    return 1 - sum((y, i) => y - (yPred[i] as number)) / sum((y) => y - first - mean);
  },
);

/** Mean (by weight) and maximum distance of numbers from one of them. The distance of equal numbers is exactly 0. */
function aroundOf(
  y: Numbers,
  weights: ArrayLike<number>,
  counted: readonly number[],
  first: number,
): [mean: number, most: number] {
  let [sum, all, most] = [0, 0, 0];
  for (const i of counted) {
    const difference = (y[i] as number) - first;
    most = Math.max(most, Math.abs(difference));
    sum += (weights[i] as number) * difference;
    all += weights[i] as number;
  }
  return [sum / all, most];
}

function meanOf(
  who: string,
  yTrue: Numbers,
  yPred: Numbers,
  sampleWeight: Numbers | undefined,
  loss: (error: number) => number,
): number {
  checkPair(who, yTrue, yPred);
  const weights = weightsOf(who, sampleWeight, yTrue.length);
  let [sum, all] = [0, 0];
  for (let i = 0; i < yTrue.length; i++) {
    sum += (weights[i] as number) * loss((yTrue[i] as number) - (yPred[i] as number));
    all += weights[i] as number;
  }
  return sum / all;
}
