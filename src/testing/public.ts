/** Exports of wgrad/testing with checked arguments; the library itself calls the unchecked functions. */
import {
  boolean,
  callback,
  count,
  dtype,
  either,
  gpuDevice,
  integer,
  type Kind,
  list,
  natural,
  number,
  numbers,
  objectWith,
  oneOf,
  optional,
  shape,
  string,
} from "../core/kinds.ts";
import { checked, checkedAsync, options } from "../core/signature.ts";
import type { Case, Kernel, Reference, Tolerance } from "../kernels/kernel.ts";
import type { Signature } from "../shader/shader.ts";
import { tensorList } from "../tensor/kinds.ts";
import * as accuracy from "./accuracy.ts";
import * as benches from "./bench.ts";
import * as checks from "./check_gradients.ts";
import * as comparison from "./compare.ts";
import * as gradients from "./gradcheck.ts";
import * as anomaly from "./inspect/anomaly.ts";
import * as steps from "./inspect/stepwise.ts";
import * as verify from "./inspect/verifier.ts";
import * as modules from "./modules.ts";
import * as rooflines from "./roofline.ts";
import * as cases from "./run_case.ts";
import * as opCases from "./run_op_case.ts";

const kernel = objectWith("a kernel", "shader", "plan");
const module = objectWith("a kernel with its reference and cases", "kernel", "reference", "cases");
const test = objectWith("a case", "name", "inputs");
const opCase = objectWith("the case of an operation", "name", "inputs", "reference");
const measures = objectWith("an Accuracy", "absolute", "relative", "ulp");
const report = objectWith("a report", "defects", "worst", "elements");
const rates = objectWith("GB/s and GFLOP/s", "bandwidth", "gflops");
const positive: Kind = {
  expected: "a number > 0",
  accepts: (value) => Number.isFinite(value) && (value as number) > 0,
};
const hosts: Kind = objectWith("inputs by name");
const tolerance: Kind = either(
  oneOf("exact"),
  options<Tolerance>({ atol: number, rtol: number, length: number }),
);
const timing = { rounds: count, sampleMs: number, timestamps: boolean };

/** The largest errors of an output against its float64 reference. */
export const accuracyOf = /* @__PURE__ */ checked(
  "accuracyOf",
  { got: numbers, expected: numbers, dtype: optional(dtype) },
  accuracy.accuracyOf,
);
/** Combines several reports. */
export const mergeReports = /* @__PURE__ */ checked(
  "mergeReports",
  { reports: list(report) },
  accuracy.mergeReports,
);
/** The maximum of each measure. */
export const worse = /* @__PURE__ */ checked("worse", { a: measures, b: measures }, accuracy.worse);
/** Compares element by element: |got − expected| ≤ (atol + rtol·|expected|)·√length; see `Comparison`. */
export const compare = /* @__PURE__ */ checked(
  "compare",
  { name: string, got: numbers, expected: numbers, shape, tolerance: optional(tolerance) },
  comparison.compare,
);
/** Gradient of Σ upstream · f(x) with respect to x, by central differences in float64. */
export const numericalGradient = /* @__PURE__ */ checked(
  "numericalGradient",
  { f: callback, x: numbers, upstream: numbers, step: optional(number) },
  gradients.numericalGradient,
);
/** A seeded upstream gradient with all elements different and both signs, so that it reveals any error. */
export const upstreamFor = /* @__PURE__ */ checked(
  "upstreamFor",
  { length: natural, seed: optional(integer) },
  gradients.upstreamFor,
);
/** Empty when the analytic gradient agrees with central differences, else a report. */
export const gradientDefect = /* @__PURE__ */ checked(
  "gradientDefect",
  { name: string, analytic: numbers, numerical: numbers, tolerance: optional(number) },
  gradients.gradientDefect,
);
/**
 * Checks whether autograd's gradients of `fn` agree with central differences of `fn`: torch.autograd.gradcheck. `fn` takes
 * the tensors `inputs` and returns one or several; every f32 input is checked, each element by four runs of `fn` at one
 * step and two on either side, extrapolated, under upstream gradients that are not uniform. Returns an empty list when they
 * agree, else one report per input, and one if `fn` is not deterministic.
 *
 *     expect(await gradcheck((x) => elu(x, { alpha: 0.5 }), [uniform([3, 4])])).toEqual([]);
 *
 * `fn` runs in f32, so the tolerance of a gradient is the effect of rounding results on the differences, `roundings` · 2⁻²⁴
 * · Σ |upstream · y| · 1.5 / step over the elements that change, plus a sixteenth of the disagreement of one step and two,
 * plus `rtol` times the gradient. Set `atol` if results are less exact: long sums, WGSL's own `sin` and `cos`. Inputs
 * should keep two steps away from kinks. Throws `ValueError` for more than 4,096 elements, and unless `fn` returns tensors.
 *
 * @example
 * ```ts
 * import { tanh, uniform } from "wgrad";
 * import { gradcheck } from "wgrad/testing";
 * console.log(await gradcheck(tanh, [uniform([3, 4])])); // []
 * ```
 */
export const gradcheck = /* @__PURE__ */ checkedAsync(
  "gradcheck",
  {
    fn: callback,
    inputs: tensorList,
    options: options<checks.GradcheckOptions>({
      step: positive,
      atol: number,
      rtol: number,
      roundings: number,
      seed: integer,
    }),
  },
  checks.gradcheck,
);
/** Times items in turns on one device. Throws the errors of `prepare`, and an error for a validation error. */
export const bench = /* @__PURE__ */ checkedAsync(
  "bench",
  {
    device: gpuDevice,
    items: list(objectWith("an item { name, module, case }", "name", "module", "case")),
    options: options<benches.BenchOptions>(timing),
  },
  benches.bench,
);
/**
 * Measures memory bandwidth and arithmetic throughput of a device with a copy and a loop of multiply-adds. `small` (default
 * on software adapters) does a sixteenth of the work.
 */
export const measureRoofline = /* @__PURE__ */ checkedAsync(
  "measureRoofline",
  {
    device: gpuDevice,
    options: options<benches.BenchOptions & { readonly small?: boolean }>({
      ...timing,
      small: boolean,
    }),
  },
  rooflines.measureRoofline,
);
/** The fraction of the roofline that a timing reaches, and whether memory or arithmetic limits it. */
export const shareOfRoofline = /* @__PURE__ */ checked(
  "shareOfRoofline",
  { timing: rates, roofline: rates },
  rooflines.shareOfRoofline,
);
/** `init({ inspect: detectAnomaly() })` throws `AnomalyError` when NaN or ±∞ is first computed from finite numbers. */
export const detectAnomaly = /* @__PURE__ */ checked("detectAnomaly", {}, anomaly.detectAnomaly);
/** `init({ inspect: stepwise() })` gives every dispatch its own submit and names the one that WebGPU refuses. */
export const stepwise = /* @__PURE__ */ checked("stepwise", {}, steps.stepwise);
/**
 * `init({ inspect: verifier() })` runs the reference of every kernel on the kernel's inputs and throws `VerificationError`
 * at the first difference. `kernels`: default all kernels of wgrad.
 */
export const verifier = /* @__PURE__ */ checked(
  "verifier",
  {
    options: options<NonNullable<Parameters<typeof verify.verifier>[0]>>({
      kernels: list(objectWith("a kernel with its name", "name", "module")),
    }),
  },
  verify.verifier,
);
/** All kernels, sorted by name. */
export const allKernels = /* @__PURE__ */ checked("allKernels", {}, modules.allKernels);
/** The cases of every public operation and loss, sorted by family and name. */
export const allOps = /* @__PURE__ */ checked("allOps", {}, modules.allOps);
/** The inputs of a case, the same every time. */
export const caseInputs = /* @__PURE__ */ checked("caseInputs", { kernel, test }, cases.caseInputs);
/** The kernel, reference and cases of a module under src/kernels, or undefined if it has none. */
export const kernelModule = /* @__PURE__ */ checked(
  "kernelModule",
  { exports: objectWith("the exports of a module") },
  cases.kernelModule,
);
/** Plan of a case, from the shapes of its inputs. */
export const planCase = /* @__PURE__ */ checked(
  "planCase",
  { kernel, inputs: hosts, test },
  cases.planCase,
);
/** A function of a kernel with its reference, your own or the library's, and one of its cases. */
type OfCase<Result> = <S extends Signature, Options>(
  device: GPUDevice,
  module: {
    readonly kernel: Kernel<S, Options>;
    readonly reference: Reference<Kernel<S, Options>>;
    readonly cases: readonly Case<Kernel<S, Options>>[];
  },
  test: Case<Kernel<S, Options>>,
) => Promise<Result>;
const ofCase = (name: string, work: (...args: never[]) => Promise<unknown>): unknown =>
  checkedAsync(name, { device: gpuDevice, module, test }, work);
/** Runs a case on the device twice and compares it with its reference: one report per defect. */
export const runCase = /* @__PURE__ */ ofCase("runCase", cases.runCase) as OfCase<string[]>;
/** The result of `runCase` with figures. */
export const reportCase = /* @__PURE__ */ ofCase(
  "reportCase",
  cases.reportCase,
) as OfCase<accuracy.CaseReport>;
/** Runs the case of an operation on the current engine twice, results and gradients: one report per defect. */
export const runOpCase = /* @__PURE__ */ checkedAsync(
  "runOpCase",
  { test: opCase },
  opCases.runOpCase,
);
/** The result of `runOpCase` with figures. */
export const reportOpCase = /* @__PURE__ */ checkedAsync(
  "reportOpCase",
  { test: opCase },
  opCases.reportOpCase,
);
