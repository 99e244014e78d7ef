/** Splitting samples, cross-validation and grid search. */
export { type CrossValOptions, crossValScore } from "./cross_val_score.ts";
export type { CVResults, FittedGridSearch } from "./fitted_grid_search.ts";
export {
  type Counted,
  type Fold,
  KFold,
  type KFoldOptions,
  type Splitter,
  StratifiedKFold,
} from "./folds.ts";
export {
  type GridOf,
  GridSearchCV,
  type GridSearchOptions,
  type Tunable,
  type Tuned,
} from "./grid_search.ts";
export type { Estimator } from "./held_out.ts";
export type { ParamGrid } from "./param_grid.ts";
export type { FittedEstimator, Scoring } from "./scoring.ts";
export { type Split, type SplitOptions, trainTestSplit } from "./train_test_split.ts";
