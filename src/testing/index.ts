/** What proves the kernels: comparison, cases on a device, gradients by differences. */
export { type BenchItem, type BenchOptions, bench, type Timing } from "./bench.ts";
export { type Comparison, compare, UNTOUCHED } from "./compare.ts";
export { gradientDefect, numericalGradient, upstreamFor } from "./gradcheck.ts";
export { caseInputs, kernelModule, planCase, runCase } from "./run_case.ts";
export { runOpCase } from "./run_op_case.ts";
