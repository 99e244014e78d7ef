/** Operations on tensors, differentiable unless they say otherwise. */
export {
  activation,
  celu,
  type EluOptions,
  elu,
  type GeluOptions,
  gelu,
  type HardsigmoidOptions,
  type HardtanhOptions,
  hardshrink,
  hardsigmoid,
  hardswish,
  hardtanh,
  type LeakyReluOptions,
  leakyRelu,
  logsigmoid,
  mish,
  relu,
  relu6,
  type SeluOptions,
  type ShrinkOptions,
  type SoftplusOptions,
  selu,
  sigmoid,
  silu,
  softplus,
  softshrink,
  softsign,
  type ThresholdOptions,
  tanh,
  tanhshrink,
  threshold,
} from "./activation.ts";
export {
  adaptiveAvgPool2d,
  adaptiveMaxPool2d,
  adaptiveMaxPool2dWithIndices,
  lpPool2d,
} from "./adaptive_pool.ts";
export { channelShuffle } from "./channel_shuffle.ts";
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
} from "./compare.ts";
export { type Conv2dOptions, conv2d } from "./conv.ts";
export { type ConvTranspose2dOptions, convTranspose2d } from "./conv_transpose.ts";
export {
  type Conv1dOptions,
  type ConvTranspose1dOptions,
  conv1d,
  convTranspose1d,
} from "./conv1d.ts";
export { type CreateOptions, full, fullLike, ones, onesLike, zeros, zerosLike } from "./create.ts";
export {
  type MultinomialOptions,
  multinomial,
  type RandintOptions,
  randint,
  randperm,
} from "./draws.ts";
export { alphaDropout, dropout1d, dropout2d, dropout3d } from "./dropout.ts";
export { bmm, einsum } from "./einsum.ts";
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
} from "./elementwise.ts";
export {
  type BincountOptions,
  bincount,
  type EmbeddingOptions,
  embedding,
  oneHot,
} from "./embedding.ts";
export {
  type AffineGridOptions,
  affineGrid,
  type GridSampleOptions,
  gridSample,
} from "./grid_sample.ts";
export { gather, indexAdd, indexSelect, scatterAdd, takeAlongDim } from "./indexing.ts";
export { type InterpolateOptions, interpolate } from "./interpolate.ts";
export { type LocalResponseNormOptions, localResponseNorm } from "./local_response.ts";
export { maskedFill, tril, triu } from "./masks.ts";
export { linear, type MatmulOptions, matmul } from "./matmul.ts";
export { nonzero } from "./nonzero.ts";
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
} from "./norm.ts";
export type { OpCase, OpCases, OpInput } from "./op_case.ts";
export { all, any, logsumexp } from "./over_axes.ts";
export { chunk, repeat, split, squeeze, stack, unsqueeze } from "./parts.ts";
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
} from "./pointwise.ts";
export {
  avgPool2d,
  globalAvgPool2d,
  type MaxWithIndices,
  maxPool2d,
  maxPool2dWithIndices,
} from "./pool.ts";
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
} from "./pool1d.ts";
export { cast } from "./precision.ts";
export { cumprod, prod } from "./prod.ts";
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
} from "./random.ts";
export { arange, eye, linspace, type RangeOptions } from "./ranges.ts";
export { prelu, type RReluOptions, rrelu } from "./rectifier.ts";
export { argmax, argmin, max, mean, min, type ReduceAxes, sum } from "./reduce.ts";
export { flatten, reshape } from "./reshape.ts";
export { cumsum } from "./scan.ts";
export { concat, expand, pad, permute, slice, transpose } from "./shape.ts";
export { logSoftmax, softmax } from "./softmax.ts";
export { argsort, type Sorted, type SortOptions, sort, type TopkOptions, topk } from "./sort.ts";
export { type StochasticDepthMode, stochasticDepth } from "./stochastic_depth.ts";
export { flip, roll, rot90 } from "./turn.ts";
export { std, type VarianceOptions, variance } from "./variance.ts";
export { type NormOverOptions, norm } from "./vector_norm.ts";
