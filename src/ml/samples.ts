/**
 * The door through which data come into wgrad/ml, and what it promises of their digits. X and y come in once, in float64,
 * whatever they are. The GPU gets f32 numbers that were shifted and scaled in float64: by a location and a power of two for
 * each feature where a model allows it, by one power of two for all features where distances count. Everything that goes
 * out is undone in float64. So: where the distinctions in the data survive a shift and a scale, the answer is float64's;
 * where they do not, an error names the feature and says what to do (`checkDistinct`: clusters, silhouettes, kernel
 * machines, principal components, and naive Bayes where the GPU predicts). Classes that say "unchecked" do not look for such features: groups of near numbers of one feature that are very
 * far from each other may become one number there.
 */

import { ShapeError, ValueError } from "../core/errors.ts";
import { show } from "../core/shape.ts";
import { describe } from "../core/signature.ts";
import { tensor } from "../tensor/create.ts";
import { Tensor } from "../tensor/tensor.ts";

/** A matrix on the host, row-major. */
export interface Matrix {
  /** samples · features numbers, row-major. */
  readonly data: ArrayLike<number>;
  /** Rows and columns. */
  readonly shape: readonly [samples: number, features: number];
}

/** A matrix that an estimator made, on the host: it can be X of the next one. */
export interface FloatMatrix extends Matrix {
  /** samples · features numbers, row-major. */
  readonly data: Float64Array<ArrayBuffer>;
}

/** What estimators take as X [samples, features]: an f32 tensor, rows of numbers, or numbers with a shape. */
export type Samples = Tensor | Matrix | readonly ArrayLike<number>[];

/** What estimators take as y [samples]: one number a sample. */
export type Targets = Tensor | ArrayLike<number>;

/** Samples that were checked, on the host. */
export interface HostMatrix {
  /** The estimator or function that asked for them; later errors begin with its name. */
  readonly who?: string;
  readonly samples: number;
  readonly features: number;
  /** [samples, features] as they were given, row-major. */
  readonly host: Float64Array<ArrayBuffer>;
}

/** Samples that were checked, on the host and on the GPU. */
export interface SampleMatrix extends HostMatrix {
  /** (samples − shift)·factor in f32 on the GPU, subtracted in float64. */
  readonly x: Tensor;
  dispose(): void;
}

/** The shift subtracted from each feature and the factor it is multiplied by, in float64, before it is rounded to f32. */
export interface Scaling {
  readonly shift: Float64Array; // [features]
  readonly factor?: Float64Array; // [features]; default 1
}

interface Expected {
  /** As many as in fit. */
  readonly features?: number;
}

/** Puts samples on the GPU, shifted and scaled in float64 so that f32 keeps what distinguishes them. */
export function onGpu(matrix: HostMatrix, { shift, factor }: Scaling): SampleMatrix {
  const { host, samples, features } = matrix;
  const data = new Float32Array(host.length);
  for (let at = 0; at < host.length; at++) {
    const c = at % features;
    data[at] = ((host[at] as number) - (shift[c] as number)) * (factor?.[c] ?? 1);
  }
  const x = tensor(data, { shape: [samples, features], name: "X" });
  return { ...matrix, x, dispose: () => x.dispose() };
}

/** What comes in as X, before its entries are looked at. */
type Rows =
  | Tensor
  | { readonly data: ArrayLike<unknown>; readonly shape: readonly number[] }
  | readonly ArrayLike<unknown>[];

/** Entries that stand in rows of the same length, whatever they are. */
interface Entries {
  readonly samples: number;
  readonly features: number;
  /** [samples, features], row-major. */
  readonly entries: ArrayLike<unknown>;
}

/**
 * Checks X: finite numbers, two axes, one sample and one feature at least, `features` of them where that is known. A
 * tensor is read back once, so that a NaN gets its name before anything is computed.
 */
export async function readMatrix(
  who: string,
  given: Samples,
  expected: Expected = {},
): Promise<HostMatrix> {
  const { samples, features, entries } = await readEntries(who, given, expected);
  return { who, samples, features, host: numbersOf(who, entries, features) };
}

/** Checks the shape of X: two axes, one sample and one feature at least, `features` of them where that is known. */
export async function readEntries(
  who: string,
  given: Rows,
  { features }: Expected = {},
): Promise<Entries> {
  const { shape, data } =
    given instanceof Tensor ? await readTensor(who, given) : flatRows(who, given);
  const [n = 0, d = 0] = shape;
  if (shape.length !== 2 || n === 0 || d === 0) {
    throw new ShapeError(
      `${who}: expected X [samples, features] with one of each at least, got ${show(shape, "X")}; pass rows of numbers, or { data, shape }`,
    );
  }
  if (features !== undefined && d !== features) {
    throw new ShapeError(
      `${who}: expected ${features} features, as in fit, got ${show(shape, "X")}; pass the same columns`,
    );
  }
  if (data.length !== n * d) {
    throw new ShapeError(
      `${who}: expected ${n * d} numbers for ${show(shape, "X")}, got ${data.length}; check the shape`,
    );
  }
  return { samples: n, features: d, entries: data };
}

/** The entries in float64; nothing that is no finite number is taken for one. */
function numbersOf(who: string, data: ArrayLike<unknown>, d: number): Float64Array<ArrayBuffer> {
  const host = new Float64Array(data.length);
  // a loop over arrays of one kind alone is several times as fast
  if (data instanceof Float64Array || data instanceof Float32Array) host.set(data);
  else for (let at = 0; at < data.length; at++) host[at] = numberOf(data[at]);
  for (let at = 0; at < host.length; at++) {
    if (Number.isFinite(host[at])) continue;
    throw new ValueError(
      `${who}: expected finite numbers, got ${describe(data[at])} in row ${Math.floor(at / d)}, column ${at % d} of X; ` +
        "drop such rows, or fill them in",
    );
  }
  return host;
}

/** NaN for what is no number. */
const numberOf = (value: unknown): number => (typeof value === "number" ? value : Number.NaN);

/** Some rows of a matrix, in the order given. */
export function rowsOf({ host, features }: HostMatrix, rows: ArrayLike<number>): FloatMatrix {
  const data = new Float64Array(rows.length * features);
  for (let to = 0; to < rows.length; to++) {
    const from = (rows[to] as number) * features;
    data.set(host.subarray(from, from + features), to * features);
  }
  return { data, shape: [rows.length, features] };
}

/** Checks y: one finite number for each of n samples; default as many as there are. */
export async function readTargets(
  who: string,
  given: Targets,
  n?: number,
): Promise<Float64Array<ArrayBuffer>> {
  const y = given instanceof Tensor ? await given.read() : given;
  if (y.length !== (n ?? y.length)) {
    throw new ShapeError(
      `${who}: expected ${n} numbers in y, one a row of X, got ${y.length}; check that X and y belong together`,
    );
  }
  const numbers = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) {
    const value: unknown = y[i];
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw new ValueError(
        `${who}: expected finite numbers, got y[${i}] = ${describe(value)}; drop such rows, or use a classifier for labels`,
      );
    }
    numbers[i] = value;
  }
  return numbers;
}

async function readTensor(who: string, given: Tensor) {
  given.checkUsable(who);
  return { shape: given.shape, data: await given.read() };
}

/** Rows in one array, with their shape. Throws `ShapeError` where they differ in length. */
export function flatRows(who: string, given: Exclude<Rows, Tensor>) {
  if ("shape" in given) return { shape: given.shape, data: given.data };
  const features = given[0]?.length;
  if (given.length === 0) return { shape: [0, 0], data: [] };
  const odd = given.findIndex((row) => row?.length === undefined || row.length !== features);
  if (features === undefined || typeof given[0] === "string" || odd >= 0) {
    const row = Math.max(0, odd);
    throw new ShapeError(
      `${who}: expected rows of the same length, got ${describe(given[row])} as row ${row}; ` +
        "fill rows up; numbers in one array are { data, shape: [samples, features] }",
    );
  }
  const data: unknown[] | Float64Array = given.every(ArrayBuffer.isView)
    ? new Float64Array(given.length * features)
    : new Array<unknown>(given.length * features);
  given.forEach((row, i) => {
    for (let c = 0; c < features; c++) data[i * features + c] = row[c];
  });
  return { shape: [given.length, features], data };
}
