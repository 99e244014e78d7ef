import { permutation, seeded } from "../core/rng.ts";
import { sameShape, show, size, type TypedArray, typedArray } from "../core/shape.ts";
import type { HostTensor, Tolerance } from "../kernels/kernel.ts";
import type { OpCase, OpInput } from "../ops/op_case.ts";
import { tensor } from "../tensor/create.ts";
import { scope } from "../tensor/scope.ts";
import { compare } from "./compare.ts";
import { numericalGradient, upstreamFor } from "./gradcheck.ts";

/** What one run on the device gave. */
interface Outcome {
  readonly results: readonly TypedArray[];
  /** By input; undefined where none was asked for or none arrived. */
  readonly gradients: readonly (TypedArray | undefined)[];
  readonly defects: readonly string[];
}

/**
 * Runs a case on the current engine twice and compares results and gradients with its float64 reference. Returns one
 * report per defect, none when the case passes.
 */
export async function runOpCase(test: OpCase): Promise<string[]> {
  const inputs = test.inputs.map(opInput);
  const wanted = test.inputs.map(wantsGradient);
  const expected = listOf(test.reference(...inputs));
  const upstreams = expected.map(({ length }, k) => upstreamFor(length, 7 + k));
  const first = await outcome(test, inputs, wanted, upstreams);
  if (first.defects.length) return [...first.defects];
  const second = await outcome(test, inputs, wanted, upstreams);
  const results = expected.map((want, k) => {
    const got = first.results[k] ?? [];
    return compare(`y${k}`, got, want, [want.length], test.tolerance).report;
  });
  const gradients = inputs.flatMap((input, which) => {
    const got = first.gradients[which];
    if (!wanted[which] || !got) return [];
    const want = differences(test, inputs, which, upstreams);
    return [compare(`d${which}`, got, want, input.shape, gradTolerance(test)).report];
  });
  const repeated = [...first.results, ...first.gradients].every((before, i) =>
    sameBits(before, [...second.results, ...second.gradients][i]),
  );
  const changed = repeated ? "" : "the second run gave other bits; a race?";
  return [...results, ...gradients, changed].filter((report) => report !== "");
}

const wantsGradient = ({ dtype = "f32", grad = dtype === "f32" }: OpInput) => grad;

function gradTolerance({ gradTolerance, tolerance }: OpCase): Tolerance {
  if (gradTolerance) return gradTolerance;
  return tolerance === undefined || tolerance === "exact" ? { atol: 2e-6, rtol: 2e-6 } : tolerance;
}

/** The content of an input, the same every time. */
function opInput(
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

/** d Σ upstream · y / d input, from the reference alone. */
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

/** What a case returns, as a list: a tensor or an array of numbers by itself counts as one. */
function listOf<T extends object>(value: T | readonly T[]): readonly T[] {
  const several = Array.isArray(value) && typeof value[0] !== "number";
  return several ? value : [value as T];
}

function sameBits(a: TypedArray | undefined, b: TypedArray | undefined): boolean {
  if (!a || !b) return a === b;
  const words = new Uint32Array(b.buffer);
  return new Uint32Array(a.buffer).every((word, i) => word === words[i]);
}
