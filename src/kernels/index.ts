/**
 * Every kernel by itself, for your own device and your own buffers: `prepare(device, kernel, shapes, options)`.
 *
 * @module wgrad/kernels
 */

export type { Shader, Signature } from "../shader/shader.ts";
export * from "./augment/exports.ts";
export * from "./bayes/exports.ts";
export * from "./cluster/exports.ts";
export * from "./conv2d/exports.ts";
export * from "./data/exports.ts";
export * from "./elementwise/exports.ts";
export * from "./index/exports.ts";
export type { Grid, InputShapes, Kernel, Plan } from "./kernel.ts";
export * from "./linear/exports.ts";
export * from "./loss/exports.ts";
export * from "./matmul/exports.ts";
export * from "./neighbors/exports.ts";
export * from "./norm/exports.ts";
export * from "./optim/exports.ts";
export * from "./optim/public.ts";
export { kernel, type OwnShader, type ShaderOptions, shader } from "./own.ts";
export * from "./packed/exports.ts";
export * from "./pool/exports.ts";
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
  packRows,
  permuted,
  planReduction,
  reducePasses,
  section,
  sliced,
} from "./public.ts";
export * from "./random/exports.ts";
export * from "./reduce/exports.ts";
export * from "./resize/exports.ts";
export * from "./roofline/exports.ts";
export * from "./sample/exports.ts";
export * from "./scan/exports.ts";
export type { ScanOptions } from "./scan/scan.ts";
export * from "./shape/exports.ts";
export * from "./softmax/exports.ts";
export * from "./sort/exports.ts";
export * from "./svm/exports.ts";
export type { KernelFunction } from "./svm/kernel_function.ts";
export * from "./vector/exports.ts";
export { wgslLibrary } from "./wgsl_library.ts";
export * from "./winograd/exports.ts";
