/** Layers and blocks, with PyTorch's names and defaults. */

export {
  CELU,
  ELU,
  GELU,
  type GELUOptions,
  Hardshrink,
  Hardsigmoid,
  type HardsigmoidOptions,
  Hardtanh,
  LeakyReLU,
  PReLU,
  type PReLUOptions,
  RReLU,
  SELU,
  type SELUOptions,
  Softplus,
  Softshrink,
  Threshold,
} from "./activation.ts";
export { BatchNorm1d, BatchNorm2d, BatchNorm3d, type BatchNormOptions } from "./batch_norm.ts";
export {
  ChannelShuffle,
  LayerNorm2d,
  LayerScale,
  type LayerScaleOptions,
  LocalResponseNorm,
} from "./channels.ts";
export { checkpoint } from "./checkpoint.ts";
export {
  CrossEntropyLoss,
  FocalLoss,
  MultiLabelMarginLoss,
  MultiLabelSoftMarginLoss,
  MultiMarginLoss,
  NLLLoss,
} from "./class_losses.ts";
export { clearGrad } from "./clear_grad.ts";
export { Concat } from "./concat.ts";
export { ModuleDict, ModuleList, Sequential } from "./containers.ts";
export { Conv2d, type Conv2dLayerOptions } from "./conv.ts";
export { ConvNormAct, type ConvNormActOptions } from "./conv_norm_act.ts";
export { ConvTranspose2d, type ConvTranspose2dLayerOptions } from "./conv_transpose.ts";
export { Conv1d, ConvTranspose1d } from "./conv1d.ts";
export { AlphaDropout, Dropout, Dropout1d, Dropout2d, Dropout3d } from "./dropout.ts";
export { Embedding } from "./embedding.ts";
export { freeze, unfreeze } from "./freeze.ts";
export { type InferenceOptions, inference } from "./inference.ts";
export * as init from "./init.ts";
export { Flatten, GLU, Identity, LogSoftmax, Softmax, Unflatten } from "./layers.ts";
export { Linear } from "./linear.ts";
export type { LoadOptions, LoadReport, Mismatch } from "./load_plan.ts";
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
export { GroupNorm, InstanceNorm1d, InstanceNorm2d, LayerNorm, RMSNorm } from "./norm.ts";
export { Norm, type NormLayerOptions } from "./norm_base.ts";
export {
  type Padding2d,
  ReflectionPad2d,
  ReplicationPad2d,
  ZeroPad2d,
} from "./padding.ts";
export { PixelShuffle, PixelUnshuffle } from "./pixel_shuffle.ts";
export {
  Activation,
  Hardswish,
  LogSigmoid,
  Mish,
  ReLU,
  ReLU6,
  Sigmoid,
  SiLU,
  Softsign,
  Tanh,
  Tanhshrink,
} from "./plain_activation.ts";
export {
  AdaptiveAvgPool2d,
  AdaptiveMaxPool2d,
  AvgPool2d,
  GlobalAvgPool2d,
  LPPool2d,
  MaxPool2d,
} from "./pool.ts";
export { AdaptiveAvgPool1d, AvgPool1d, MaxPool1d } from "./pool1d.ts";
export { PreActivationBlock, PreActivationBottleneck } from "./pre_activation.ts";
export { replaceModule } from "./replace_module.ts";
export {
  BasicBlock,
  type BlockOptions,
  Bottleneck,
  type BottleneckOptions,
  type NormKind,
  normLayer,
} from "./residual.ts";
export { SqueezeExcitation, type SqueezeExcitationOptions } from "./squeeze_excitation.ts";
export {
  assign,
  type LoadableEntry,
  type LoadableState,
  type StateDict,
  type StateEntry,
} from "./state.ts";
export { StochasticDepth } from "./stochastic_depth.ts";
export { Upsample } from "./upsample.ts";
