/**
 * Tests of kernels: comparison, cases on a device, gradients by differences, timings against the roofline.
 *
 * @module wgrad/testing
 */
export type {
  Case,
  Fill,
  HostTensor,
  InputSpec,
  KernelModule,
  Reference,
  Tolerance,
} from "../kernels/kernel.ts";
export { type Accuracy, type CaseReport, EXACT } from "./accuracy.ts";
export type { BenchItem, BenchOptions, TimedCase, Timing } from "./bench.ts";
export type { Differentiable, GradcheckOptions } from "./check_gradients.ts";
export { type Comparison, UNTOUCHED } from "./compare.ts";
export type { Check, KernelRun } from "./inspect/stepwise.ts";
export type { NamedKernel, NamedOp } from "./modules.ts";
export type { MutateOptions, MutationReport, Survivor } from "./mutate_kernel.ts";
export * from "./public.ts";
export { mutateKernel } from "./public_mutate.ts";
export type { Roofline } from "./roofline.ts";
export { type ShowKernelsOptions, type ShownKernel, showKernels } from "./show_kernels.ts";
