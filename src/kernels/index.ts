/**
 * Every kernel by itself, for your own device and your own buffers: `prepare(device, kernel, shapes, options)`.
 */

export type { Shader } from "../shader/shader.ts";
export { gaussian as bayesGaussian } from "./bayes/gaussian.ts";
export { adopt as clusterAdopt } from "./cluster/adopt.ts";
export { assign as clusterAssign } from "./cluster/assign.ts";
export { draw as clusterDraw } from "./cluster/draw.ts";
export { move as clusterMove } from "./cluster/move.ts";
export { nearer as clusterNearer } from "./cluster/nearer.ts";
export { silhouette as clusterSilhouette } from "./cluster/silhouette.ts";
export { sumLanes as clusterSumLanes } from "./cluster/sum_lanes.ts";
export { sumTiles as clusterSumTiles } from "./cluster/sum_tiles.ts";
export { depthwise as conv2dDepthwise } from "./conv2d/depthwise.ts";
export { depthwiseGradInput as conv2dDepthwiseGradInput } from "./conv2d/depthwise_grad_input.ts";
export { depthwiseGradWeight as conv2dDepthwiseGradWeight } from "./conv2d/depthwise_grad_weight.ts";
export { forward as conv2dForward } from "./conv2d/forward.ts";
export { gemm as conv2dGemm } from "./conv2d/gemm.ts";
export { gradBias as conv2dGradBias } from "./conv2d/grad_bias.ts";
export { gradInput as conv2dGradInput } from "./conv2d/grad_input.ts";
export { gradInputGemm as conv2dGradInputGemm } from "./conv2d/grad_input_gemm.ts";
export { gradWeight as conv2dGradWeight } from "./conv2d/grad_weight.ts";
export { gradWeightGemm as conv2dGradWeightGemm } from "./conv2d/grad_weight_gemm.ts";
export { naive as conv2dNaive } from "./conv2d/naive.ts";
export { sumPartials as conv2dSumPartials } from "./conv2d/sum_partials.ts";
export { gatherRows } from "./data/gather_rows.ts";
export { gatherRowsU32 } from "./data/gather_rows_u32.ts";
export { normalizeU8 } from "./data/normalize_u8.ts";
export { accumulate } from "./elementwise/accumulate.ts";
export { activate } from "./elementwise/activate.ts";
export { activateGrad } from "./elementwise/activate_grad.ts";
export { activateGradBias } from "./elementwise/activate_grad_bias.ts";
export { binary } from "./elementwise/binary.ts";
export { binaryGrad } from "./elementwise/binary_grad.ts";
export { cast } from "./elementwise/cast.ts";
export { chain } from "./elementwise/chain.ts";
export { clamp } from "./elementwise/clamp.ts";
export { clampGrad } from "./elementwise/clamp_grad.ts";
export { fill } from "./elementwise/fill.ts";
export { prelu } from "./elementwise/prelu.ts";
export { preluGrad } from "./elementwise/prelu_grad.ts";
export { scale } from "./elementwise/scale.ts";
export { unary } from "./elementwise/unary.ts";
export { unaryGrad } from "./elementwise/unary_grad.ts";
export { where } from "./elementwise/where.ts";
export { gather } from "./index/gather.ts";
export { nonzero } from "./index/nonzero.ts";
export { oneHot } from "./index/one_hot.ts";
export { segmentSum } from "./index/segment_sum.ts";
export { targets as scatterTargets } from "./index/targets.ts";
export type { Grid, InputShapes, Kernel, Plan } from "./kernel.ts";
export { perceptronPass } from "./linear/perceptron.ts";
export { linearSplit } from "./linear/split.ts";
export { batchHard } from "./loss/batch_hard.ts";
export { batchHardGrad } from "./loss/batch_hard_grad.ts";
export { cosine } from "./loss/cosine.ts";
export { cosineGrad } from "./loss/cosine_grad.ts";
export { crossEntropy } from "./loss/cross_entropy.ts";
export { crossEntropyWeight } from "./loss/cross_entropy_weight.ts";
export { focalSoftmax } from "./loss/focal_softmax.ts";
export { multiLabelMargin } from "./loss/multi_label_margin.ts";
export { multiMargin } from "./loss/multi_margin.ts";
export { nll } from "./loss/nll.ts";
export { penalty } from "./loss/penalty.ts";
export { penaltyGrad } from "./loss/penalty_grad.ts";
export { pointwise as pointwiseLoss } from "./loss/pointwise.ts";
export { pointwiseGrad as pointwiseLossGrad } from "./loss/pointwise_grad.ts";
export { pointwiseSum as pointwiseLossSum } from "./loss/pointwise_sum.ts";
export { scaleGrad } from "./loss/scale_grad.ts";
export { softCrossEntropy } from "./loss/soft_cross_entropy.ts";
export { topKHits } from "./loss/top_k_hits.ts";
export { lossTotal } from "./loss/total.ts";
export { triplet } from "./loss/triplet.ts";
export { tripletGrad } from "./loss/triplet_grad.ts";
export { matmulNaive } from "./matmul/naive.ts";
export { matmulRegisters } from "./matmul/registers.ts";
export { matmulRegistersLarge } from "./matmul/registers_large.ts";
export { matmulRegistersSquare } from "./matmul/registers_square.ts";
export { matmulRegistersVector } from "./matmul/registers_vector.ts";
export { matmulRegistersWide } from "./matmul/registers_wide.ts";
export { matmulSumParts } from "./matmul/sum_parts.ts";
export { matmulTiled } from "./matmul/tiled.ts";
export { matmulTiledLarge } from "./matmul/tiled_large.ts";
export { matmulTiledSmall } from "./matmul/tiled_small.ts";
export { matmulVector } from "./matmul/vector.ts";
export { blocks as neighborsBlocks } from "./neighbors/blocks.ts";
export { least as neighborsLeast } from "./neighbors/least.ts";
export { gradAffine as normGradAffine } from "./norm/grad_affine.ts";
export { gradInput as normGradInput } from "./norm/grad_input.ts";
export { gradSums as normGradSums } from "./norm/grad_sums.ts";
export { inference as normInference } from "./norm/inference.ts";
export { merge as normMerge } from "./norm/merge.ts";
export { normalize } from "./norm/normalize.ts";
export { stats as normStats } from "./norm/stats.ts";
export { adadelta } from "./optim/adadelta.ts";
export { adagrad } from "./optim/adagrad.ts";
export { adam } from "./optim/adam.ts";
export { adamax } from "./optim/adamax.ts";
export { clipGrads } from "./optim/clip_grads.ts";
export { clipNorm } from "./optim/clip_norm.ts";
export { gradNorm } from "./optim/grad_norm.ts";
export { lion } from "./optim/lion.ts";
export { lossScale } from "./optim/loss_scale.ts";
export * from "./optim/public.ts";
export { rmsprop } from "./optim/rmsprop.ts";
export { sgd } from "./optim/sgd.ts";
export { unscale } from "./optim/unscale.ts";
export { adaptiveAvg } from "./pool/adaptive_avg.ts";
export { adaptiveAvgGrad } from "./pool/adaptive_avg_grad.ts";
export { adaptiveMax } from "./pool/adaptive_max.ts";
export { adaptiveMaxGrad } from "./pool/adaptive_max_grad.ts";
export { poolAvg } from "./pool/avg.ts";
export { poolAvgGrad } from "./pool/avg_grad.ts";
export { globalAvg } from "./pool/global_avg.ts";
export { globalAvgGrad } from "./pool/global_avg_grad.ts";
export { poolLp } from "./pool/lp.ts";
export { poolLpGrad } from "./pool/lp_grad.ts";
export { poolMax } from "./pool/max.ts";
export { poolMaxGrad } from "./pool/max_grad.ts";
export { type Prepared, prepare } from "./prepare.ts";
export {
  bindingsOf,
  chooseConv2d,
  chooseConv2dGradInput,
  chooseConv2dGradWeight,
  chooseMatmul,
  chooseScan,
  conv2dCandidates,
  conv2dGeometry,
  conv2dGradInputCandidates,
  conv2dGradWeightCandidates,
  expanded,
  linkedWgsl,
  matmulCandidates,
  normChannelSums,
  permuted,
  planReduction,
  reducePasses,
  section,
  sliced,
} from "./public.ts";
export { alphaDropout } from "./random/alpha_dropout.ts";
export { dropout } from "./random/dropout.ts";
export { dropoutChannels } from "./random/dropout_channels.ts";
export { integers as randomIntegers } from "./random/integers.ts";
export { normal } from "./random/normal.ts";
export { pick as randomPick } from "./random/pick.ts";
export { rrelu } from "./random/rrelu.ts";
export { uniform } from "./random/uniform.ts";
export { argmax } from "./reduce/argmax.ts";
export { extremumGrad } from "./reduce/extremum_grad.ts";
export { nonfinite } from "./reduce/nonfinite.ts";
export { pieceStats } from "./reduce/piece_stats.ts";
export { reduce } from "./reduce/reduce.ts";
export { varianceGrad } from "./reduce/variance_grad.ts";
export { resizeBilinear } from "./resize/bilinear.ts";
export { resizeBilinearGrad } from "./resize/bilinear_grad.ts";
export { resizeNearest } from "./resize/nearest.ts";
export { resizeNearestGrad } from "./resize/nearest_grad.ts";
export { rooflineCopy } from "./roofline/copy.ts";
export { rooflineMultiplyAdd } from "./roofline/multiply_add.ts";
export { columnScan } from "./scan/columns.ts";
export { scanCounts } from "./scan/counts.ts";
export { products as scanProducts } from "./scan/product.ts";
export { productsGrad as scanProductsGrad } from "./scan/product_grad.ts";
export { rowScan } from "./scan/rows.ts";
export type { ScanOptions } from "./scan/scan.ts";
export { scanTotals } from "./scan/totals.ts";
export { contiguous } from "./shape/contiguous.ts";
export { pad } from "./shape/pad.ts";
export { place } from "./shape/place.ts";
export { transpose } from "./shape/transpose.ts";
export { triangle } from "./shape/triangle.ts";
export { turn } from "./shape/turn.ts";
export { logSoftmax } from "./softmax/log_softmax.ts";
export { logSoftmaxGrad } from "./softmax/log_softmax_grad.ts";
export { softmax } from "./softmax/softmax.ts";
export { softmaxGrad } from "./softmax/softmax_grad.ts";
export { sortBlocks } from "./sort/blocks.ts";
export { sortKeys } from "./sort/keys.ts";
export { put } from "./sort/put.ts";
export { radixCount } from "./sort/radix_count.ts";
export { radixMove } from "./sort/radix_move.ts";
export { take } from "./sort/take.ts";
export { combine as svmCombine } from "./svm/combine.ts";
export type { KernelFunction } from "./svm/kernel_function.ts";
export { kernelRows as svmKernelRows } from "./svm/rows.ts";
export { axpy as vectorAxpy } from "./vector/axpy.ts";
export { dot as vectorDot } from "./vector/dot.ts";
export { gather as vectorGather } from "./vector/gather.ts";
export { move as vectorMove } from "./vector/move.ts";
export { rankTwo as vectorRankTwo } from "./vector/rank_two.ts";
export { total as vectorTotal } from "./vector/total.ts";
export { winogradFilter } from "./winograd/filter.ts";
export { winogradGradFilter } from "./winograd/grad_filter.ts";
export { winogradGradOutput } from "./winograd/grad_output.ts";
export { winogradInput } from "./winograd/input.ts";
export { winogradOutput } from "./winograd/output.ts";
