/**
 * Layers and blocks, with PyTorch's names and defaults.
 *
 * @module wgrad/nn
 */

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
} from "./activation/plain.ts";
export { GLU, LogSoftmax, Softmax } from "./activation/softmax.ts";
export {
  CELU,
  ELU,
  GELU,
  Hardshrink,
  Hardsigmoid,
  Hardtanh,
  LeakyReLU,
  PReLU,
  type PReLUOptions,
  RReLU,
  SELU,
  Softplus,
  Softshrink,
  Threshold,
} from "./activation/with_options.ts";
export {
  ChannelShuffle,
  LayerNorm2d,
  LayerScale,
  type LayerScaleOptions,
  LocalResponseNorm,
} from "./block/channels.ts";
export { PreActivationBlock, PreActivationBottleneck } from "./block/pre_activation.ts";
export {
  BasicBlock,
  type BlockOptions,
  Bottleneck,
  type BottleneckOptions,
  type NormKind,
  normLayer,
} from "./block/residual.ts";
export { SqueezeExcitation, type SqueezeExcitationOptions } from "./block/squeeze_excitation.ts";
export { checkpoint } from "./checkpoint.ts";
export { Concat } from "./container/concat.ts";
export { ModuleDict, ModuleList, Sequential } from "./container/containers.ts";
export { Conv2d, type Conv2dLayerOptions } from "./conv/conv.ts";
export { ConvNormAct, type ConvNormActOptions } from "./conv/conv_norm_act.ts";
export { ConvTranspose2d, type ConvTranspose2dLayerOptions } from "./conv/conv_transpose.ts";
export { Conv1d, ConvTranspose1d } from "./conv/conv1d.ts";
export { AlphaDropout, Dropout, Dropout1d, Dropout2d, Dropout3d } from "./dropout.ts";
export { Embedding } from "./embedding.ts";
export { type InferenceOptions, inference } from "./inference.ts";
export * as init from "./init.ts";
export { Linear } from "./linear.ts";
export {
  CrossEntropyLoss,
  FocalLoss,
  LDAMLoss,
  MultiLabelMarginLoss,
  MultiLabelSoftMarginLoss,
  MultiMarginLoss,
  NLLLoss,
} from "./loss/class_losses.ts";
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
} from "./loss/losses.ts";
export { clearGrad } from "./module/clear_grad.ts";
export { freeze, unfreeze } from "./module/freeze.ts";
export type { LoadOptions, LoadReport, Mismatch } from "./module/load_plan.ts";
export { type AnyModule, type ForwardHook, Module } from "./module/module.ts";
export { buffer, parameter } from "./module/parameter.ts";
export { replaceModule } from "./module/replace_module.ts";
export {
  assign,
  type LoadableEntry,
  type LoadableState,
  type StateDict,
  type StateEntry,
} from "./module/state.ts";
export {
  BatchNorm1d,
  BatchNorm2d,
  BatchNorm3d,
  type BatchNormLayerOptions,
} from "./norm/batch_norm.ts";
export { GroupNorm, InstanceNorm1d, InstanceNorm2d, LayerNorm, RMSNorm } from "./norm/norm.ts";
export { Norm, type NormLayerOptions } from "./norm/norm_base.ts";
export { type PackedWeights, type PackWeightsOptions, packWeights } from "./pack_weights.ts";
export {
  type Padding2d,
  ReflectionPad2d,
  ReplicationPad2d,
  ZeroPad2d,
} from "./padding.ts";
export { PixelShuffle, PixelUnshuffle } from "./pixel_shuffle.ts";
export {
  AdaptiveAvgPool2d,
  AdaptiveMaxPool2d,
  AvgPool2d,
  GlobalAvgPool2d,
  LPPool2d,
  MaxPool2d,
} from "./pool/pool.ts";
export { AdaptiveAvgPool1d, AvgPool1d, MaxPool1d } from "./pool/pool1d.ts";
export { Flatten, Identity, Unflatten } from "./shape.ts";
export { StochasticDepth } from "./stochastic_depth.ts";
export { Upsample } from "./upsample.ts";
