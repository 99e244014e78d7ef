/** What proves the kernels: comparison, cases on a device, gradients by differences, timings against the roofline. */
export {
  type Accuracy,
  accuracyOf,
  type CaseReport,
  EXACT,
  mergeReports,
  worse,
} from "./accuracy.ts";
export { type BenchItem, type BenchOptions, bench, type Timing } from "./bench.ts";
export { type Comparison, compare, UNTOUCHED } from "./compare.ts";
export { gradientDefect, numericalGradient, upstreamFor } from "./gradcheck.ts";
export { detectAnomaly } from "./inspect/anomaly.ts";
export { type Check, type KernelRun, stepwise } from "./inspect/stepwise.ts";
export { verifier } from "./inspect/verifier.ts";
export { allKernels, allOps, type NamedKernel, type NamedOp } from "./modules.ts";
export { measureRoofline, type Roofline, shareOfRoofline } from "./roofline.ts";
export { caseInputs, kernelModule, planCase, reportCase, runCase } from "./run_case.ts";
export { reportOpCase, runOpCase } from "./run_op_case.ts";
