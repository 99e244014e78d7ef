import { permutation, seeded } from "../core/rng.ts";
import { type Shape, sameShape, show, size, type TypedArray, typedArray } from "../core/shape.ts";
import type { HostTensor, Tolerance } from "../kernels/kernel.ts";
import type { OpCase, OpInput } from "../ops/op_case.ts";
import { tensor } from "../tensor/create.ts";
import { scope } from "../tensor/scope.ts";
import { accuracyOf, type CaseReport, EXACT, mergeReports } from "./accuracy.ts";
import { compare } from "./compare.ts";
import { numericalGradient, upstreamFor } from "./gradcheck.ts";
import { rounded } from "./run_case.ts";

/** Result of one run on the device. */
interface Outcome {
  readonly results: readonly TypedArray[];
  /** By input; undefined if none was requested or none arrived. */
  readonly gradients: readonly (TypedArray | undefined)[];
  readonly defects: readonly string[];
}

/**
 * Runs a case on the current engine twice and compares results and gradients with its float64 reference. Returns one
 * report per defect, none when the case passes.
 */
export async function runOpCase(test: OpCase): Promise<string[]> {
  return [...(await reportOpCase(test)).defects];
}

/**
 * The result of `runOpCase` with figures: the largest errors over all results and gradients. Ulps are those of the results
 * only, since differences of the reference are not more precise than f32.
 */
export async function reportOpCase(test: OpCase): Promise<CaseReport> {
  const inputs = test.inputs.map(opInput);
  const wanted = test.inputs.map(wantsGradient);
  const expected = listOf(test.reference(...inputs));
  const upstreams = expected.map(({ length }, k) => upstreamFor(length, 7 + k));
  const first = await outcome(test, inputs, wanted, upstreams);
  if (first.defects.length) return { defects: first.defects, worst: EXACT, elements: 0 };
  const second = await outcome(test, inputs, wanted, upstreams);
  const results = expected.map((want, k) =>
    compared(`y${k}`, first.results[k] ?? new Float32Array(), want, [want.length], test.tolerance),
  );
  const gradients = inputs.flatMap((input, which) => {
    const got = first.gradients[which];
    if (!wanted[which] || !got) return [];
    const want = differences(test, inputs, which, upstreams);
    const report = compared(`d${which}`, got, want, input.shape, gradTolerance(test));
    return [{ ...report, worst: { ...report.worst, ulp: 0 } }];
  });
  const repeated = [...first.results, ...first.gradients].every((before, i) =>
    sameBits(before, [...second.results, ...second.gradients][i]),
  );
  const defects = repeated ? [] : ["the second run gave other bits; a race?"];
  return mergeReports([...results, ...gradients, { defects, worst: EXACT, elements: 0 }]);
}

function compared(
  name: string,
  got: TypedArray,
  exact: ArrayLike<number>,
  shape: Shape,
  tolerance: OpCase["tolerance"],
): CaseReport {
  const dtype = got instanceof Float32Array ? "f32" : "i32";
  const want = rounded(exact, dtype);
  const { report } = compare(name, got, want, shape, tolerance);
  const worst = accuracyOf(got, want, dtype);
  return { defects: report ? [report] : [], worst, elements: got.length };
}

const wantsGradient = ({ dtype = "f32", grad = dtype === "f32" }: OpInput) => grad;

function gradTolerance({ gradTolerance, tolerance }: OpCase): Tolerance {
  if (gradTolerance) return gradTolerance;
  return tolerance === undefined || tolerance === "exact" ? { atol: 2e-6, rtol: 2e-6 } : tolerance;
}

/** The content of an input, the same every time. */
export function opInput(
  { shape, fill, dtype = "f32" }: OpInput,
  which: number,
): HostTensor & { data: TypedArray } {
  const n = size(shape);
  const random = seeded(3 + which);
  const order = permutation(n, random);
  const make = fill ?? ((i: number) => -2 + (4 * ((order[i] as number) + 0.3)) / n);
  return {
    shape,
    data: typedArray(
      dtype,
      Array.from({ length: n }, (_, i) => make(i, random)),
    ),
  };
}

async function outcome(
  test: OpCase,
  inputs: readonly (HostTensor & { data: TypedArray })[],
  wanted: readonly boolean[],
  upstreams: readonly Float64Array[],
): Promise<Outcome> {
  const leaves = inputs.map(({ shape, data }, i) =>
    tensor(data, { shape, requiresGrad: wanted[i] ?? false }),
  );
  const results = scope(() => {
    const made = test.run(...leaves);
    for (const [k, y] of listOf(made).entries()) {
      if (!y.node) continue;
      const upstream = Float32Array.from(upstreams[k] ?? []);
      y.backward(tensor(upstream, { shape: y.shape }));
    }
    return [...listOf(made)];
  });
  const [y] = results;
  const defects = [
    ...(test.shape && y && !sameShape(y.shape, test.shape)
      ? [`expected a result of ${show(test.shape)}, got ${show(y.shape)}`]
      : []),
    ...(test.dtype && y && y.dtype !== test.dtype
      ? [`expected a result of ${test.dtype}, got ${y.dtype}`]
      : []),
    ...leaves.flatMap((leaf, i) => (wanted[i] && !leaf.grad ? [`d${i}: no gradient arrived`] : [])),
  ];
  const found = {
    results: await Promise.all(results.map((result) => result.read())),
    gradients: await Promise.all(leaves.map(async (leaf) => leaf.grad?.read())),
    defects,
  };
  for (const used of [...results, ...leaves, ...leaves.map(({ grad }) => grad)]) used?.dispose();
  return found;
}

/** d Σ upstream · y / d input, computed from the reference. */
function differences(
  { reference, step }: OpCase,
  inputs: readonly HostTensor[],
  which: number,
  upstreams: readonly Float64Array[],
): Float64Array {
  const { shape, data } = inputs[which] as HostTensor;
  const weights = upstreams.flatMap((upstream) => [...upstream]);
  const moved = (x: Float64Array) =>
    listOf(
      reference(...inputs.map((input, k) => (k === which ? { shape, data: x } : input))),
    ).flatMap((y) => Array.from(y));
  return numericalGradient(moved, data, weights, step);
}

/** The results of a case as a list: a single tensor or array of numbers is a list of one. */
function listOf<T extends object>(value: T | readonly T[]): readonly T[] {
  const several = Array.isArray(value) && typeof value[0] !== "number";
  return several ? value : [value as T];
}

function sameBits(a: TypedArray | undefined, b: TypedArray | undefined): boolean {
  if (!a || !b) return a === b;
  const words = new Uint32Array(b.buffer);
  return new Uint32Array(a.buffer).every((word, i) => word === words[i]);
}
