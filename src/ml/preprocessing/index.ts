/** Preprocessing of features. */
export type { Category } from "./categories.ts";
export { type FittedLabelEncoder, LabelEncoder, type SavedLabelEncoder } from "./label_encoder.ts";
export { type FittedMaxAbsScaler, MaxAbsScaler, type SavedMaxAbsScaler } from "./max_abs_scaler.ts";
export {
  type FittedMinMaxScaler,
  MinMaxScaler,
  type MinMaxScalerOptions,
  type SavedMinMaxScaler,
} from "./min_max_scaler.ts";
export {
  type FittedNormalizer,
  Normalizer,
  type NormalizerOptions,
  type SavedNormalizer,
} from "./normalizer.ts";
export {
  type FittedOneHotEncoder,
  OneHotEncoder,
  type OneHotEncoderOptions,
  type SavedOneHotEncoder,
} from "./one_hot_encoder.ts";
export {
  type FittedPolynomialFeatures,
  PolynomialFeatures,
  type PolynomialFeaturesOptions,
  type SavedPolynomialFeatures,
} from "./polynomial_features.ts";
export {
  type FittedRobustScaler,
  RobustScaler,
  type RobustScalerOptions,
  type SavedRobustScaler,
} from "./robust_scaler.ts";
export {
  type FittedSimpleImputer,
  type Imputed,
  type SavedSimpleImputer,
  SimpleImputer,
  type SimpleImputerOptions,
} from "./simple_imputer.ts";
export {
  type FittedStandardScaler,
  type SavedStandardScaler,
  StandardScaler,
  type StandardScalerOptions,
} from "./standard_scaler.ts";
export type { ImputerStrategy } from "./statistics.ts";
