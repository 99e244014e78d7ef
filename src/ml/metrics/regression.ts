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

/** Mean of |y − ŷ|, by weight. */
export const meanAbsoluteError = /* @__PURE__ */ checked(
  "meanAbsoluteError",
  kinds,
  (yTrue: Numbers, yPred: Numbers, { sampleWeight }: Weighted = {}): number =>
    meanOf("meanAbsoluteError", yTrue, yPred, sampleWeight, Math.abs),
);

/**
 * R² = 1 − Σ (y − ŷ)² / Σ (y − ȳ)²: 1 for perfect predictions, 0 for those no better than the mean. Where all y are equal:
 * 1 if the predictions are right, 0 otherwise.
 */
export const r2Score = /* @__PURE__ */ checked(
  "r2Score",
  kinds,
  (yTrue: Numbers, yPred: Numbers, { sampleWeight }: Weighted = {}): number => {
    const rest = meanOf("r2Score", yTrue, yPred, sampleWeight, (error) => error * error);
    const n = yTrue.length;
    const mean = meanOf("r2Score", yTrue, new Float64Array(n), sampleWeight, (y) => y);
    const all = meanOf(
      "r2Score",
      yTrue,
      new Float64Array(n).fill(mean),
      sampleWeight,
      (y) => y * y,
    );
    return all === 0 ? Number(rest === 0) : 1 - rest / all;
  },
);

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
