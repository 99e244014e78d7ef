/** Layers and blocks, with PyTorch's names and defaults. */

export { clearGrad } from "../tensor/tensor.ts";
export {
  CELU,
  GELU,
  Hardshrink,
  Hardsigmoid,
  Hardswish,
  Hardtanh,
  LogSigmoid,
  PReLU,
  RReLU,
  Softplus,
  Softshrink,
  Softsign,
  Tanhshrink,
} from "./activation.ts";
export { checkpoint } from "./checkpoint.ts";
export {
  CrossEntropyLoss,
  FocalLoss,
  MultiLabelMarginLoss,
  MultiLabelSoftMarginLoss,
  MultiMarginLoss,
  NLLLoss,
} from "./class_losses.ts";
export { Conv2d, type Conv2dLayerOptions } from "./conv.ts";
export { ConvTranspose2d, type ConvTranspose2dLayerOptions } from "./conv_transpose.ts";
export { Conv1d, ConvTranspose1d } from "./conv1d.ts";
export { AlphaDropout, Dropout1d, Dropout2d, Dropout3d } from "./dropout.ts";
export { Embedding } from "./embedding.ts";
export * as init from "./init.ts";
export {
  Activation,
  AvgPool2d,
  Dropout,
  ELU,
  Flatten,
  GlobalAvgPool2d,
  Identity,
  LeakyReLU,
  LogSoftmax,
  MaxPool2d,
  Mish,
  ReLU,
  ReLU6,
  SELU,
  Sequential,
  Sigmoid,
  SiLU,
  Softmax,
  Tanh,
} from "./layers.ts";
export { Linear } from "./linear.ts";
export {
  BCELoss,
  BCEWithLogitsLoss,
  CosineEmbeddingLoss,
  CosineSimilarity,
  GaussianNLLLoss,
  HingeEmbeddingLoss,
  HuberLoss,
  KLDivLoss,
  L1Loss,
  MarginRankingLoss,
  MSELoss,
  PoissonNLLLoss,
  SmoothL1Loss,
  SoftMarginLoss,
  TripletMarginLoss,
} from "./losses.ts";
export {
  type AnyModule,
  buffer,
  type ForwardHook,
  Module,
  parameter,
} from "./module.ts";
export {
  BatchNorm1d,
  BatchNorm2d,
  GroupNorm,
  InstanceNorm2d,
  LayerNorm,
  Norm,
  RMSNorm,
} from "./norm.ts";
export {
  AdaptiveAvgPool1d,
  AdaptiveAvgPool2d,
  AdaptiveMaxPool2d,
  AvgPool1d,
  LPPool2d,
  MaxPool1d,
} from "./pool.ts";
export {
  BasicBlock,
  type BlockOptions,
  Bottleneck,
  type BottleneckOptions,
  type NormKind,
  normLayer,
  PreActivationBlock,
} from "./residual.ts";
export { assign, type LoadableState, type StateDict, type StateEntry } from "./state.ts";
export { Upsample } from "./upsample.ts";
