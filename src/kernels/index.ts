/**
 * Every kernel by itself, for your own device and your own buffers: `prepare(device, kernel, shapes, options)`.
 */

export {
  chooseForward as chooseConv2d,
  chooseGradWeight as chooseConv2dGradWeight,
} from "./conv2d/choose.ts";
export { forward as conv2dForward } from "./conv2d/forward.ts";
export { gemm as conv2dGemm } from "./conv2d/gemm.ts";
export { geometry as conv2dGeometry } from "./conv2d/geometry.ts";
export { gradBias as conv2dGradBias } from "./conv2d/grad_bias.ts";
export { gradInput as conv2dGradInput } from "./conv2d/grad_input.ts";
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
export { binary } from "./elementwise/binary.ts";
export { binaryGrad } from "./elementwise/binary_grad.ts";
export { clamp } from "./elementwise/clamp.ts";
export { clampGrad } from "./elementwise/clamp_grad.ts";
export { fill } from "./elementwise/fill.ts";
export { prelu } from "./elementwise/prelu.ts";
export { preluGrad } from "./elementwise/prelu_grad.ts";
export { scale } from "./elementwise/scale.ts";
export { unary } from "./elementwise/unary.ts";
export { unaryGrad } from "./elementwise/unary_grad.ts";
export { where } from "./elementwise/where.ts";
export type { Grid, InputShapes, Kernel, Plan } from "./kernel.ts";
export { crossEntropy } from "./loss/cross_entropy.ts";
export { crossEntropyWeight } from "./loss/cross_entropy_weight.ts";
export { scaleGrad } from "./loss/scale_grad.ts";
export { lossTotal } from "./loss/total.ts";
export { chooseMatmul } from "./matmul/choose.ts";
export { matmulNaive } from "./matmul/naive.ts";
export { matmulRegisters } from "./matmul/registers.ts";
export { matmulTiled } from "./matmul/tiled.ts";
export { matmulTiledSmall } from "./matmul/tiled_small.ts";
export { matmulVector } from "./matmul/vector.ts";
export { gradAffine as normGradAffine } from "./norm/grad_affine.ts";
export { gradInput as normGradInput } from "./norm/grad_input.ts";
export { gradSums as normGradSums } from "./norm/grad_sums.ts";
export { inference as normInference } from "./norm/inference.ts";
export { merge as normMerge } from "./norm/merge.ts";
export { normalize } from "./norm/normalize.ts";
export { running as normRunning } from "./norm/running.ts";
export { stats as normStats } from "./norm/stats.ts";
export { adam, packAdamGroup } from "./optim/adam.ts";
export { packRmspropGroup, rmsprop } from "./optim/rmsprop.ts";
export { packSgdGroup, sgd } from "./optim/sgd.ts";
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

export { alphaDropout } from "./random/alpha_dropout.ts";
export { dropout } from "./random/dropout.ts";
export { dropoutChannels } from "./random/dropout_channels.ts";
export { normal } from "./random/normal.ts";
export { rrelu } from "./random/rrelu.ts";
export { uniform } from "./random/uniform.ts";

export { argmax } from "./reduce/argmax.ts";
export { planReduction, reducePasses } from "./reduce/axes.ts";
export { extremumGrad } from "./reduce/extremum_grad.ts";
export { reduce } from "./reduce/reduce.ts";
export { varianceGrad } from "./reduce/variance_grad.ts";
export { resizeBilinear } from "./resize/bilinear.ts";
export { resizeBilinearGrad } from "./resize/bilinear_grad.ts";
export { resizeNearest } from "./resize/nearest.ts";
export { resizeNearestGrad } from "./resize/nearest_grad.ts";
export { columnScan } from "./scan/columns.ts";
export { scanCounts } from "./scan/counts.ts";
export { rowScan } from "./scan/rows.ts";
export { chooseScan, type ScanOptions } from "./scan/scan.ts";

export { contiguous } from "./shape/contiguous.ts";
export { pad } from "./shape/pad.ts";
export { place } from "./shape/place.ts";
export { transpose } from "./shape/transpose.ts";
export { expanded, permuted, section, sliced } from "./shape/views.ts";
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
