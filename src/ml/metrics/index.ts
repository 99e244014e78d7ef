/** How good predictions are, in float64. */
export {
  type Average,
  accuracyScore,
  type ClassScores,
  type ConfusionMatrix,
  type ConfusionOptions,
  classificationReport,
  confusionMatrix,
  f1Score,
  type PrecisionOptions,
  precisionScore,
  recallScore,
  type Weighted,
} from "./classification.ts";
export type { Numbers } from "./labels.ts";
export { meanAbsoluteError, meanSquaredError, r2Score } from "./regression.ts";
export {
  type RocAucOptions,
  type RocCurve,
  type RocOptions,
  rocAucScore,
  rocCurve,
} from "./roc.ts";
