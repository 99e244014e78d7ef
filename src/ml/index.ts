/**
 * Classical machine learning on the GPU, with scikit-learn's names and defaults.
 *
 * @module wgrad/ml
 */

export type { ClassWeight } from "./class_weight.ts";
export { type Elbow, type ElbowOptions, elbow } from "./cluster/elbow.ts";
export type { FittedKMeans, SavedKMeans } from "./cluster/fitted_k_means.ts";
export { KMeans, type KMeansOptions } from "./cluster/k_means.ts";
export { kmeansPlusplus } from "./cluster/k_means_plusplus.ts";
export { MiniBatchKMeans, type MiniBatchKMeansOptions } from "./cluster/mini_batch_k_means.ts";
export { silhouetteSamples, silhouetteScore } from "./cluster/silhouette.ts";
export * from "./compose/index.ts";
export * from "./datasets/index.ts";
export { type FittedPCA, PCA, type PCAOptions, type SavedPCA } from "./decomposition/pca.ts";
export type { FitControl, FitProgress } from "./fit_options.ts";
export { ADASYN, type ADASYNOptions } from "./imbalance/adasyn.ts";
export { BorderlineSMOTE, type BorderlineSMOTEOptions } from "./imbalance/borderline_smote.ts";
export type { Resampled, SamplingOptions } from "./imbalance/classes.ts";
export {
  type EffectiveNumberOptions,
  effectiveNumberWeights,
} from "./imbalance/effective_number.ts";
export { NearMiss, type NearMissOptions } from "./imbalance/near_miss.ts";
export { RandomOverSampler, RandomUnderSampler } from "./imbalance/sampling.ts";
export { SMOTE, type SMOTEOptions } from "./imbalance/smote.ts";
export type { SamplingStrategy } from "./imbalance/strategy.ts";
export { TomekLinks, type TomekLinksOptions } from "./imbalance/tomek_links.ts";
export {
  type PermutationImportance,
  type PermutationImportanceOptions,
  permutationImportance,
} from "./inspection/permutation_importance.ts";
export type {
  Label,
  LabelInput,
  LabelKind,
  LabelList,
  LabelValues,
  NumberByLabel,
} from "./labels.ts";
export type { LearningRate } from "./linear_model/descend_samples.ts";
export {
  ElasticNet,
  type ElasticNetOptions,
  Lasso,
  type LassoOptions,
} from "./linear_model/elastic_net.ts";
export type { FittedLinear, SavedLinear } from "./linear_model/fitted_linear.ts";
export type {
  FittedLinearClassifier,
  SavedLinearClassifier,
} from "./linear_model/fitted_linear_classifier.ts";
export type { FittedLogistic, MultiClass, SavedLogistic } from "./linear_model/fitted_logistic.ts";
export type { FittedSGDClassifier, SavedSGD } from "./linear_model/fitted_sgd.ts";
export { type LassoPath, type LassoPathOptions, lassoPath } from "./linear_model/lasso_path.ts";
export {
  LinearRegression,
  type LinearRegressionOptions,
} from "./linear_model/linear_regression.ts";
export {
  LogisticRegression,
  type LogisticRegressionOptions,
} from "./linear_model/logistic_regression.ts";
export { Perceptron, type PerceptronOptions } from "./linear_model/perceptron.ts";
export { Ridge, type RidgeOptions } from "./linear_model/ridge.ts";
export { SGDClassifier, type SGDClassifierOptions } from "./linear_model/sgd_classifier.ts";
export type { ClassificationLoss, RegressionLoss } from "./linear_model/sgd_losses.ts";
export type { SGDOptions } from "./linear_model/sgd_options.ts";
export { SGDRegressor, type SGDRegressorOptions } from "./linear_model/sgd_regressor.ts";
export * from "./metrics/index.ts";
export * from "./model_selection/index.ts";
export type { FittedGaussianNB, SavedGaussianNB } from "./naive_bayes/fitted_gaussian_nb.ts";
export { GaussianNB, type GaussianNBOptions } from "./naive_bayes/gaussian_nb.ts";
export {
  type FittedMultinomialNB,
  MultinomialNB,
  type MultinomialNBOptions,
  type SavedMultinomialNB,
} from "./naive_bayes/multinomial_nb.ts";
export type { NeighborsOptions, SavedNeighbors } from "./neighbors/fitted_neighbors.ts";
export {
  type FittedKNeighborsClassifier,
  KNeighborsClassifier,
} from "./neighbors/k_neighbors_classifier.ts";
export {
  type FittedKNeighborsRegressor,
  KNeighborsRegressor,
} from "./neighbors/k_neighbors_regressor.ts";
export type { Metric } from "./neighbors/measures.ts";
export {
  type FittedNearestCentroid,
  NearestCentroid,
  type NearestCentroidOptions,
  type SavedNearestCentroid,
} from "./neighbors/nearest_centroid.ts";
export type { Neighbors } from "./neighbors/search.ts";
export type { PartialFitOptions } from "./partial_fit.ts";
export * from "./preprocessing/index.ts";
export type { FitWeights } from "./sample_weight.ts";
export type { FloatMatrix, Matrix, SampleColumn, Samples, Targets } from "./samples.ts";
export { type Saved, withChecksum } from "./saved.ts";
export type { ScoreOptions } from "./scoring.ts";
export type { FittedSVC } from "./svm/fitted_svc.ts";
export type { KernelOptions } from "./svm/kernel_options.ts";
export type { LinearMachineOptions } from "./svm/linear_options.ts";
export { LinearSVC, type LinearSVCOptions } from "./svm/linear_svc.ts";
export { LinearSVR, type LinearSVROptions } from "./svm/linear_svr.ts";
export type { SavedSVC } from "./svm/saved_svc.ts";
export { SVC, type SVCOptions } from "./svm/svc.ts";
export { type FittedSVR, type SavedSVR, SVR, type SVROptions } from "./svm/svr.ts";
export type { Cell, CellMatrix, SavedCell, Table, TableTaker } from "./table.ts";
export type { Unfitted } from "./unfitted.ts";
