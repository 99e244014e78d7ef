/** Scores of predictions, in float64. */
export {
  type BalancedAccuracyOptions,
  balancedAccuracyScore,
  type CohenKappaOptions,
  cohenKappaScore,
  matthewsCorrcoef,
} from "./agreement.ts";
export {
  type CalibrationCurve,
  type CalibrationOptions,
  calibrationCurve,
} from "./calibration.ts";
export type { ClassMatrix } from "./class_matrix.ts";
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
export {
  averagePrecisionScore,
  type PrecisionRecallCurve,
  precisionRecallCurve,
} from "./precision_recall.ts";
export {
  type BrierOptions,
  brierScoreLoss,
  type LogLossOptions,
  logLoss,
  type TopKOptions,
  topKAccuracyScore,
} from "./probabilities.ts";
export {
  meanAbsoluteError,
  meanSquaredError,
  r2Score,
  rootMeanSquaredError,
} from "./regression.ts";
export {
  type RocAucOptions,
  type RocCurve,
  type RocOptions,
  rocAucScore,
  rocCurve,
} from "./roc.ts";
