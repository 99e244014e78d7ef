/**
 * All kernels, for use with your own device and buffers: `prepare(device, kernel, shapes, options)`.
 *
 * @module wgrad/kernels
 */

export type { Shader, Signature } from "../shader/shader.ts";
export * from "./families.ts";
export type { Grid, InputShapes, Kernel, Plan } from "./kernel.ts";
export * from "./optim/public.ts";
export { kernel, type OwnShader, type ShaderOptions, shader } from "./own.ts";
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
export type { ScanOptions } from "./scan/scan.ts";
export type { KernelFunction } from "./svm/kernel_function.ts";
export { wgslLibrary } from "./wgsl_library.ts";
