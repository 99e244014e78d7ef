/**
 * Losses, with PyTorch's equations and reductions.
 *
 * @module wgrad/loss
 */
export {
  type BinaryCrossEntropyOptions,
  type BinaryCrossEntropyWithLogitsOptions,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  type MultiLabelSoftMarginOptions,
  multiLabelSoftMarginLoss,
  type SigmoidFocalOptions,
  sigmoidFocalLoss,
} from "./binary.ts";
export type { ClassLossOptions } from "./class_rows.ts";
export {
  type FocalOptions,
  focalLoss,
  type MultiMarginLossOptions,
  multiLabelMarginLoss,
  multiMarginLoss,
  nllLoss,
} from "./classes.ts";
export { type CosineSimilarityOptions, cosineEmbeddingLoss, cosineSimilarity } from "./cosine.ts";
export { type CrossEntropyOptions, crossEntropy } from "./cross_entropy.ts";
export { type KlDivOptions, klDiv } from "./divergence.ts";
export type { HostLabels, Labels } from "./labels.ts";
export { type LdamOptions, ldamLoss } from "./ldam.ts";
export {
  hingeEmbeddingLoss,
  hingeLoss,
  type MarginOptions,
  marginRankingLoss,
  softMarginLoss,
  squaredHingeLoss,
} from "./margin.ts";
export type { Reduction, ReductionOption } from "./reduction.ts";
export {
  type GaussianNllOptions,
  gaussianNllLoss,
  type HuberOptions,
  huberLoss,
  l1Loss,
  mseLoss,
  type PoissonNllOptions,
  poissonNllLoss,
  type SmoothL1Options,
  smoothL1Loss,
} from "./regression.ts";
export {
  type CountNonzeroOptions,
  countNonzero,
  type ElasticNetOptions,
  elasticNet,
  l1Regularizer,
  l2Regularizer,
} from "./regularizer.ts";
export {
  type BatchHardTripletOptions,
  batchHardTripletLoss,
  type TripletMarginOptions,
  tripletMarginLoss,
} from "./triplet.ts";
