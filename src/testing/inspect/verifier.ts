import { VerificationError } from "../../core/errors.ts";
import { seeded } from "../../core/rng.ts";
import { size } from "../../core/shape.ts";
import { halfTolerance } from "../../kernels/half_cases.ts";
import type { HostTensor, KernelModule, Tolerance } from "../../kernels/kernel.ts";
import type { Inspector } from "../../scheduler/observe/inspect.ts";
import { compare } from "../compare.ts";
import { allKernels, type NamedKernel } from "../modules.ts";
import { type KernelRun, Stepwise } from "./stepwise.ts";

type NumbersByBinding = Readonly<Record<string, ArrayLike<number>>>;

/**
 * Runs the reference of every kernel on the kernel's inputs, also in training, and throws `VerificationError` at the first
 * difference, with the names of kernel, tensor, element and layer: `init({ inspect: verifier() })`. It also reports the
 * errors of `stepwise()`.
 *
 * A difference is an error above the tolerance of the kernel's cases. Since that assumes the numbers of the cases, the
 * effect of rounding the inputs is also allowed, for example where sums cancel or slopes are steep. `kernels`: default all
 * of wgrad's.
 */
export function verifier({
  kernels = allKernels(),
}: {
  readonly kernels?: readonly NamedKernel[];
} = {}): Inspector {
  const modules = new Map(kernels.map(({ name, module }) => [name, module]));
  const check = (run: KernelRun) => {
    const module = modules.get(run.kernel);
    if (module) return differences(module, run);
    throw new VerificationError(
      `${run.kernel}: expected a kernel with a reference, got none of this name; pass it in verifier({ kernels })`,
    );
  };
  return (gpu) => ({ stepwise: new Stepwise(gpu, check) });
}

/** Relative distance between neighbouring f32. */
const ULP = 2 ** -23;

/** Tolerance of one rounding. */
const NEAREST: Tolerance = { atol: 0, rtol: ULP };

function differences(module: KernelModule, run: KernelRun): Record<string, string> {
  const given = toleranceOf(module, run);
  const expected = referenceOf(module, run, (data) => data);
  const reports = Object.entries(run.after).flatMap(([name, got]) => {
    const exactly = expected[name] ?? [];
    const half = run.halves.has(name);
    const want = half ? exactly : rounded(got, exactly);
    // cases with numbers that need no rounding are exact; these numbers may need rounding
    const inexact = given === "exact" && !sameNumbers(want, exactly) ? NEAREST : given;
    const tolerance = half ? halfTolerance(inexact) : inexact;
    const shape = run.shapes[name] ?? [];
    const flat = size(shape) === want.length ? shape : [want.length]; // the reference may have another shape of the same size
    const { report } = compare(name, got, want, flat, tolerance);
    if (!report || tolerance === "exact" || !(got instanceof Float32Array)) return [[name, report]];
    const slack = sensitivity(module, run, name, want);
    const excused = got.map((value, i) => {
      const e = want[i] as number;
      return Math.abs(value - e) <= (slack[i] as number) ? e : value;
    });
    return [[name, compare(name, excused, want, flat, tolerance).report]];
  });
  return Object.fromEntries(reports.filter(([, report]) => report));
}

/** The reference's results for the kernel's inputs, each transformed by `change`. */
function referenceOf(
  { reference }: KernelModule,
  { before, inputs, options }: KernelRun,
  change: (data: ArrayLike<number>) => ArrayLike<number>,
): NumbersByBinding {
  const host = Object.entries(before).map(([name, data]): [string, HostTensor] => [
    name,
    { shape: inputs[name] ?? [data.length], data: change(data) },
  ]);
  return reference(Object.fromEntries(host), options) as NumbersByBinding;
}

/** An ulp of the largest number: the effect of one rounding. */
function ulpOf(results: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < results.length; i++) {
    const value = Math.abs(results[i] as number);
    if (value < Infinity && value > largest) largest = value;
  }
  return ULP * largest;
}

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

/** Converted to the result's dtype: infinite if too large for f32. */
function rounded(got: ArrayLike<number>, expected: ArrayLike<number>): ArrayLike<number> {
  return got instanceof Float32Array ? Float32Array.from(expected) : expected;
}

/**
 * The largest tolerance of the ordinary cases, for sums with as many terms as there are operations per element of the
 * result.
 */
function toleranceOf({ cases }: KernelModule, { flops, after }: KernelRun): Tolerance | "exact" {
  const ordinary = cases.filter(({ name }) => !name.startsWith("safety: "));
  const given = ordinary.map(({ tolerance = {} }) => tolerance);
  const near = given.filter((tolerance) => tolerance !== "exact");
  if (near.length === 0 && given.length > 0) return "exact";
  const widest = (pick: (tolerance: Tolerance) => number | undefined) =>
    Math.max(...near.map((tolerance) => pick(tolerance) ?? 1e-6));
  const elements = Object.values(after).reduce((sum, { length }) => sum + length, 0);
  return {
    atol: widest(({ atol }) => atol),
    rtol: widest(({ rtol }) => rtol),
    length: Math.max(1, flops / Math.max(1, elements)),
  };
}

/**
 * Eight times the change of each element of a result under random changes of the inputs by an ulp, at least an ulp of the
 * largest element.
 */
function sensitivity(
  module: KernelModule,
  run: KernelRun,
  name: string,
  expected: ArrayLike<number>,
): Float64Array {
  const random = seeded(3);
  const slack = new Float64Array(expected.length).fill(ulpOf(expected));
  const jitter = (data: ArrayLike<number>): ArrayLike<number> =>
    data instanceof Float32Array
      ? Float64Array.from(data, (value) => value * (1 + ULP * (2 * random() - 1)))
      : data;
  for (let trial = 0; trial < 4; trial++) {
    const changed = referenceOf(module, run, jitter)[name] ?? [];
    for (let i = 0; i < slack.length; i++) {
      const by = 8 * Math.abs((changed[i] as number) - (expected[i] as number));
      if (by > (slack[i] as number)) slack[i] = by;
    }
  }
  return slack;
}
