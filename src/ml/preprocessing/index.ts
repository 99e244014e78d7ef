/** Features made ready for estimators. */
export {
  type FittedMinMaxScaler,
  MinMaxScaler,
  type MinMaxScalerOptions,
  type SavedMinMaxScaler,
} from "./min_max_scaler.ts";
export {
  type FittedPolynomialFeatures,
  PolynomialFeatures,
  type PolynomialFeaturesOptions,
  type SavedPolynomialFeatures,
} from "./polynomial_features.ts";
export {
  type FittedStandardScaler,
  type SavedStandardScaler,
  StandardScaler,
  type StandardScalerOptions,
} from "./standard_scaler.ts";
