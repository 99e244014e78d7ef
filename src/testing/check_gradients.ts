import { noGrad } from "../autograd/mode.ts";
import { callBack } from "../core/caller.ts";
import { ValueError } from "../core/errors.ts";
import { coordinates, size, type TypedArray } from "../core/shape.ts";
import { describe } from "../core/signature.ts";
import { add, mul } from "../ops/elementwise/elementwise.ts";
import { sum } from "../ops/reduce/reduce.ts";
import { tensor } from "../tensor/create.ts";
import { isTensor } from "../tensor/kinds.ts";
import { scope } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { upstreamFor } from "./gradcheck.ts";

/** Options of `gradcheck`. */
export interface GradcheckOptions {
  /** Step of the differences, times max(1, |x|); default 1/32. */
  readonly step?: number;
  /** Absolute tolerance in addition to the error bound; default 0. */
  readonly atol?: number;
  /** Tolerance relative to the gradient; default 2⁻¹⁶. */
  readonly rtol?: number;
  /** Number of roundings to f32 in the computation of each element of the result; default 8. */
  readonly roundings?: number;
  /** Seed of the upstream gradients; default 7. */
  readonly seed?: number;
}

/** A function of tensors that is checked at some inputs. */
export type Differentiable = (...inputs: Tensor[]) => Tensor | readonly Tensor[];

/** Maximum number of elements: each needs four runs of the function. */
const MOST_ELEMENTS = 4096;
/** Number of elements whose runs are awaited together. */
const TOGETHER = 32;
/** Points around x at which the function runs, in steps. */
const PLACES = [1, -1, 2, -2] as const;
const EPSILON = 2 ** -24;

/** The central difference for one element. */
interface Difference {
  readonly value: number;
  /** Bound of its error: rounding of the results, and the next term of the series. */
  readonly error: number;
  /** Whether the differences of one step and of two steps disagree: there is a kink, jump or pole nearby. */
  readonly rough: boolean;
}

/** Inputs and options of a check. */
interface GradientCheck {
  readonly fn: Differentiable;
  readonly inputs: readonly Tensor[];
  readonly data: readonly TypedArray[];
  readonly upstreams: readonly Float32Array[];
  readonly options: Required<GradcheckOptions>;
}

export async function gradcheck(
  fn: Differentiable,
  inputs: readonly Tensor[],
  given: GradcheckOptions = {},
): Promise<string[]> {
  const options = { step: 1 / 32, atol: 0, rtol: 2 ** -16, roundings: 8, seed: 7, ...given };
  const elements = inputs.reduce((total, x) => total + (x.dtype === "f32" ? x.size : 0), 0);
  if (elements === 0 || elements > MOST_ELEMENTS) {
    throw new ValueError(
      `gradcheck: expected f32 inputs of 1 to ${MOST_ELEMENTS} elements together, got ${elements}; every element takes ` +
        "four runs of fn",
    );
  }
  const data = await Promise.all(inputs.map((x) => x.read()));
  const first = await run(fn, fresh(inputs, data));
  const upstreams = first.map(({ length }, k) =>
    Float32Array.from(upstreamFor(length, options.seed + k)),
  );
  const check = { fn, inputs, data, upstreams, options };
  const { results, gradients } = await analytic(check);
  if (!results.every((each, k) => sameNumbers(each, first[k]))) {
    return [
      "fn gave other results the second time; make it the same every time: eval(), a fixed seed",
    ];
  }
  const reports: string[] = [];
  for (const [which, x] of inputs.entries()) {
    if (x.dtype === "f32") reports.push(...(await compareInput(check, which, gradients[which])));
  }
  return reports;
}

/** New leaves with the same content. */
const fresh = (
  inputs: readonly Tensor[],
  data: readonly ArrayLike<number>[],
  requiresGrad = false,
): Tensor[] =>
  inputs.map(({ shape, dtype, engine }, i) => {
    const wanted = requiresGrad && dtype === "f32";
    return tensor(Array.from(data[i] ?? []), { shape, dtype, engine, requiresGrad: wanted });
  });

function listOf(made: unknown): readonly Tensor[] {
  const list: readonly unknown[] = Array.isArray(made) ? made : [made];
  if (list.length > 0 && list.every(isTensor)) return list;
  throw new ValueError(
    `gradcheck: expected a function that returns a tensor or an array of them, got ${describe(made)}; return its results`,
  );
}

/** The float results of one run; frees the leaves. */
async function run(fn: Differentiable, leaves: readonly Tensor[]): Promise<TypedArray[]> {
  const results = scope(() => {
    const made = noGrad(() => callBack(() => fn(...leaves)));
    return floats(listOf(made)).map((y) => y.detach());
  });
  for (const leaf of leaves) leaf.dispose();
  return readAndFree(results);
}

const floats = (list: readonly Tensor[]) => list.filter(({ dtype }) => /^f/.test(dtype));

async function readAndFree(tensors: readonly Tensor[]): Promise<TypedArray[]> {
  const found = Promise.all(tensors.map((y) => y.read()));
  for (const y of tensors) y.dispose();
  return found;
}

/** Results and gradients by autograd; a gradient is undefined if none arrived. */
async function analytic({ fn, inputs, data, upstreams }: GradientCheck) {
  const leaves = fresh(inputs, data, true);
  const outputs = scope(() => {
    const made = floats(listOf(callBack(() => fn(...leaves))));
    // a single backward pass: the results may share a graph, which can only be walked once
    const terms = made.flatMap((y, k) => {
      const { shape, engine } = y;
      return y.node ? [sum(mul(y, tensor(upstreams[k] as Float32Array, { shape, engine })))] : [];
    });
    if (terms.length > 0) terms.reduce((a, b) => add(a, b)).backward();
    return made.map((y) => y.detach());
  });
  const gradients = Promise.all(leaves.map(async ({ grad }) => grad?.read()));
  const results = readAndFree(outputs);
  const found = { results: await results, gradients: await gradients };
  for (const leaf of leaves) {
    leaf.grad?.dispose();
    leaf.dispose();
  }
  return found;
}

async function compareInput(
  check: GradientCheck,
  which: number,
  gradient: TypedArray | undefined,
): Promise<string[]> {
  const { inputs, data, options } = check;
  const { shape } = inputs[which] as Tensor;
  const n = size(shape);
  const bad: string[] = [];
  for (let from = 0; from < n; from += TOGETHER) {
    const some = Array.from({ length: Math.min(TOGETHER, n - from) }, (_, i) => from + i);
    const found = await Promise.all(some.map((i) => difference(check, which, i)));
    found.forEach(({ value, error, rough }, k) => {
      const i = from + k;
      const got = gradient?.[i] ?? 0;
      const allowed = error + options.atol + options.rtol * Math.abs(value);
      if (Math.abs(got - value) <= allowed) return;
      const x = data[which]?.[i];
      const near = rough
        ? `; fn bends or jumps near x = ${x}: choose another x or a smaller step`
        : "";
      bad.push(
        `  d${which}[${coordinates(i, shape).join(", ")}] got ${got}  expected ${value} ± ${allowed.toExponential(1)}${near}`,
      );
    });
  }
  if (bad.length === 0) return [];
  const none = gradient ? "" : " (none arrived)";
  const head = `gradient of input ${which}${none}: ${bad.length} of ${n} elements differ from central differences`;
  return [[head, ...bad.slice(0, 8)].join("\n")];
}

/** d Σ upstream · y / d x[i], by differences over one step and two, extrapolated (Richardson): the error is O(step⁴). */
async function difference(check: GradientCheck, which: number, i: number): Promise<Difference> {
  const { fn, inputs, data, upstreams, options } = check;
  const x = data[which]?.[i] as number;
  const h = options.step * Math.max(1, Math.abs(x));
  const points = PLACES.map((place) => Math.fround(x + place * h));
  const runs = await Promise.all(
    points.map((point) => {
      const moved = data.map((each, k) => (k === which ? each.with(i, point) : each));
      return run(fn, fresh(inputs, moved));
    }),
  );
  const [above, below, far, farBelow] = runs as readonly RunResults[] as readonly [
    RunResults,
    RunResults,
    RunResults,
    RunResults,
  ];
  const [a, b, c, d] = points as [number, number, number, number];
  const near = slope(upstreams, above, below) / (a - b);
  const wide = slope(upstreams, far, farBelow) / (c - d);
  const rounding = ((1.5 * options.roundings * EPSILON) / h) * magnitude(upstreams, far, farBelow);
  const bend = Math.abs(near - wide);
  return {
    value: (4 * near - wide) / 3,
    error: rounding + bend / 16,
    rough: bend > 4 * rounding + 0.05 * Math.abs(near),
  };
}

type RunResults = readonly ArrayLike<number>[];

/** Σ upstream · (above − below). */
const slope = (upstreams: RunResults, above: RunResults, below: RunResults): number =>
  sumOf(upstreams, (upstream, k, i) => upstream * at(above, k, i) - upstream * at(below, k, i));

/** Σ |upstream · y| over the elements that changed: the others have identical rounding errors. */
const magnitude = (upstreams: RunResults, above: RunResults, below: RunResults): number =>
  sumOf(upstreams, (upstream, k, i) => {
    const [up, down] = [at(above, k, i), at(below, k, i)];
    return up === down ? 0 : Math.abs(upstream) * Math.max(Math.abs(up), Math.abs(down));
  });

const at = (list: RunResults, k: number, i: number): number => list[k]?.[i] ?? Number.NaN;

function sumOf(list: RunResults, term: (value: number, k: number, i: number) => number): number {
  let total = 0;
  for (const [k, each] of list.entries()) {
    for (let i = 0; i < each.length; i++) total += term(each[i] as number, k, i);
  }
  return total;
}

const sameNumbers = (a: ArrayLike<number>, b: ArrayLike<number> | undefined): boolean =>
  a.length === b?.length && Array.from(a).every((value, i) => Object.is(value, b[i]));
