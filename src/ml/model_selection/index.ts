/** Parts to train on and parts to hold out. */
export {
  type CrossValOptions,
  crossValScore,
  type Estimator,
  type FittedEstimator,
} from "./cross_val_score.ts";
export { type Fold, KFold, type KFoldOptions, type Splitter, StratifiedKFold } from "./folds.ts";
export { type Split, type SplitOptions, trainTestSplit } from "./train_test_split.ts";
