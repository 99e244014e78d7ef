/** How good predictions are, in float64. */
export {
  accuracyScore,
  type ConfusionMatrix,
  type ConfusionOptions,
  confusionMatrix,
  type Weighted,
} from "./classification.ts";
export type { Numbers } from "./pairs.ts";
export {
  type Average,
  type ClassScores,
  classificationReport,
  f1Score,
  type PrecisionOptions,
  precisionScore,
  type ReportOptions,
  recallScore,
} from "./precision.ts";
export { meanAbsoluteError, meanSquaredError, r2Score } from "./regression.ts";
export {
  type RocAucOptions,
  type RocCurve,
  type RocOptions,
  rocAucScore,
  rocCurve,
} from "./roc.ts";
