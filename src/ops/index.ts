/** Operations on tensors, differentiable unless they say otherwise. */
export {
  activation,
  hardswish,
  logsigmoid,
  mish,
  relu,
  relu6,
  sigmoid,
  silu,
  softsign,
  tanh,
  tanhshrink,
} from "./activation/activation.ts";
export { prelu, type RReluOptions, rrelu } from "./activation/rectifier.ts";
export { logSoftmax, softmax } from "./activation/softmax.ts";
export {
  celu,
  type EluOptions,
  elu,
  type GeluOptions,
  gelu,
  type HardsigmoidOptions,
  type HardtanhOptions,
  hardshrink,
  hardsigmoid,
  hardtanh,
  type LeakyReluOptions,
  leakyRelu,
  type SeluOptions,
  type ShrinkOptions,
  type SoftplusOptions,
  selu,
  softplus,
  softshrink,
  type ThresholdOptions,
  threshold,
} from "./activation/with_options.ts";
export { type Conv2dOptions, conv2d } from "./conv/conv.ts";
export { type ConvTranspose2dOptions, convTranspose2d } from "./conv/conv_transpose.ts";
export {
  type Conv1dOptions,
  type ConvTranspose1dOptions,
  conv1d,
  convTranspose1d,
} from "./conv/conv1d.ts";
export {
  type ClampOptions,
  clamp,
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  notEqual,
  where,
} from "./elementwise/compare.ts";
export {
  abs,
  add,
  affine,
  cos,
  type DivOptions,
  div,
  exp,
  log,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  reciprocal,
  sin,
  sqrt,
  square,
  sub,
} from "./elementwise/elementwise.ts";
export {
  ceil,
  erf,
  expm1,
  floor,
  isfinite,
  isnan,
  log1p,
  round,
  rsqrt,
  sign,
  trunc,
} from "./elementwise/pointwise.ts";
export { cast } from "./elementwise/precision.ts";
export {
  adjustBrightness,
  adjustContrast,
  adjustGamma,
  adjustHue,
  adjustSaturation,
  rgbToGrayscale,
} from "./image/colour.ts";
export {
  type AffineGridOptions,
  affineGrid,
  type GridSampleOptions,
  gridSample,
} from "./image/grid_sample.ts";
export { type InterpolateOptions, interpolate } from "./image/interpolate.ts";
export {
  adjustSharpness,
  autocontrast,
  type BlurringOptions,
  equalize,
  gaussianBlur,
  invert,
  posterize,
  solarize,
} from "./image/tone.ts";
export {
  type BincountOptions,
  bincount,
  type EmbeddingOptions,
  embedding,
  oneHot,
} from "./index/embedding.ts";
export { gather, indexAdd, indexSelect, scatterAdd, takeAlongDim } from "./index/indexing.ts";
export { maskedFill, tril, triu } from "./index/masks.ts";
export { nonzero } from "./index/nonzero.ts";
export {
  argsort,
  type Sorted,
  type SortOptions,
  sort,
  type TopkOptions,
  topk,
} from "./index/sort.ts";
export { bmm, einsum } from "./matmul/einsum.ts";
export { linear, type MatmulOptions, matmul } from "./matmul/matmul.ts";
export { type LocalResponseNormOptions, localResponseNorm } from "./norm/local_response.ts";
export {
  type BatchNormOptions,
  batchNorm,
  type FusedOptions,
  groupNorm,
  instanceNorm,
  layerNorm,
  type NormOptions,
  type RunningStats,
  rmsNorm,
} from "./norm/norm.ts";
export type { OpCase, OpCases, OpInput } from "./op_case.ts";
export {
  adaptiveAvgPool2d,
  adaptiveMaxPool2d,
  adaptiveMaxPool2dWithIndices,
  lpPool2d,
} from "./pool/adaptive_pool.ts";
export {
  avgPool2d,
  globalAvgPool2d,
  type MaxWithIndices,
  maxPool2d,
  maxPool2dWithIndices,
} from "./pool/pool.ts";
export {
  type AvgPool1dOptions,
  adaptiveAvgPool1d,
  adaptiveMaxPool1d,
  avgPool1d,
  type LpPool1dOptions,
  lpPool1d,
  type MaxPool1dOptions,
  maxPool1d,
  type Pool1dOptions,
} from "./pool/pool1d.ts";
export {
  type MultinomialOptions,
  multinomial,
  type RandintOptions,
  randint,
  randperm,
} from "./random/draws.ts";
export { alphaDropout, dropout1d, dropout2d, dropout3d } from "./random/dropout.ts";
export {
  dropout,
  manualSeed,
  type NormalOptions,
  normal,
  type RandomState,
  randomState,
  setRandomState,
  type UniformOptions,
  uniform,
} from "./random/random.ts";
export { type StochasticDepthMode, stochasticDepth } from "./random/stochastic_depth.ts";
export { all, any, logsumexp } from "./reduce/over_axes.ts";
export { cumprod, prod } from "./reduce/prod.ts";
export { argmax, argmin, max, mean, min, type ReduceAxes, sum } from "./reduce/reduce.ts";
export { cumsum } from "./reduce/scan.ts";
export { std, type VarianceOptions, variance } from "./reduce/variance.ts";
export { type NormOverOptions, norm } from "./reduce/vector_norm.ts";
export { channelShuffle } from "./shape/channel_shuffle.ts";
export {
  type CreateOptions,
  full,
  fullLike,
  ones,
  onesLike,
  zeros,
  zerosLike,
} from "./shape/create.ts";
export { chunk, repeat, split, squeeze, stack, unsqueeze } from "./shape/parts.ts";
export { arange, eye, linspace, type RangeOptions } from "./shape/ranges.ts";
export { flatten, reshape } from "./shape/reshape.ts";
export { concat, expand, pad, permute, slice, transpose } from "./shape/shape.ts";
export { flip, roll, rot90 } from "./shape/turn.ts";
