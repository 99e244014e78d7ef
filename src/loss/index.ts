/** Losses, with PyTorch's equations and reductions. */
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
export { type CrossEntropyOptions, crossEntropy } from "./cross_entropy.ts";
export { type KlDivOptions, klDiv } from "./divergence.ts";
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
