/**
 * Input of data into wgrad/ml, and its precision. X and y are read once, as float64, whatever their type. The GPU gets f32
 * numbers that were shifted and scaled in float64: by a location and a power of two per feature where a model allows it, by
 * one power of two for all features where distances matter. Results are scaled back in float64. So where a shift and a
 * scale preserve the differences in the data, the result has the precision of float64; where they do not, an error names
 * the feature and the remedy (`checkDistinct`: clusters, silhouettes, kernel machines, principal components, and naive
 * Bayes that predicts on the GPU). Classes whose documentation says "without a check of precision" do not look for such
 * features: if one feature has groups of close numbers very far from each other, each group may become a single number.
 */

import { ShapeError, ValueError } from "../core/errors.ts";
import { isA } from "../core/realm.ts";
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

/** A matrix on the host that an estimator returns: it can be X of another one. */
export interface FloatMatrix extends Matrix {
  /** samples · features numbers, row-major. */
  readonly data: Float64Array<ArrayBuffer>;
}

/** X of estimators [samples, features]: an f32 tensor, rows of numbers, or numbers with a shape. */
export type Samples = Tensor | Matrix | readonly ArrayLike<number>[];

/** One value per sample as a column, such as the y of a .npy file: [samples] or [samples, 1]. */
export interface SampleColumn<Values = ArrayLike<number> | BigInt64Array | BigUint64Array> {
  /** The values, in order. */
  readonly data: Values;
  /** Number of samples, and 1 if there are two axes. */
  readonly shape: readonly number[];
}

/** y of estimators [samples]: one number per sample, in a list or in a column [samples, 1]. */
export type Targets =
  | Tensor
  | ArrayLike<number>
  | BigInt64Array
  | BigUint64Array
  | SampleColumn
  | readonly ArrayLike<number>[];

/** Checked samples, on the host. */
export interface HostMatrix {
  /** The estimator or function that reads them, for messages of later errors. */
  readonly who?: string;
  readonly samples: number;
  readonly features: number;
  /** [samples, features] as given, row-major. */
  readonly host: Float64Array<ArrayBuffer>;
}

/** Checked samples, on the host and on the GPU. */
export interface SampleMatrix extends HostMatrix {
  /** (samples − shift)·factor in f32 on the GPU, computed in float64. */
  readonly x: Tensor;
  dispose(): void;
}

/** The shift subtracted from each feature and the factor it is multiplied by, in float64, before it is rounded to f32. */
export interface Scaling {
  readonly shift: Float64Array; // [features]
  readonly factor?: Float64Array; // [features]; default 1
}

interface ExpectedSamples {
  /** Number of features in fit. */
  readonly features?: number;
}

/** Uploads samples, shifted and scaled in float64 so that f32 keeps their differences. */
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

/** Types of X, before its entries are checked. */
type UncheckedSamples =
  | Tensor
  | { readonly data: ArrayLike<unknown>; readonly shape: readonly number[] }
  | readonly ArrayLike<unknown>[];

/** Entries of any type, from rows of equal length. */
interface UncheckedEntries {
  readonly samples: number;
  readonly features: number;
  /** [samples, features], row-major. */
  readonly entries: ArrayLike<unknown>;
}

/**
 * Checks X: finite numbers, two axes, at least one sample and one feature, and `features` of them if given. A tensor is
 * read back once, so that the error for a NaN can say where it is before anything is computed.
 */
export async function readMatrix(
  who: string,
  given: Samples,
  expected: ExpectedSamples = {},
): Promise<HostMatrix> {
  const { samples, features, entries } = await readEntries(who, given, expected);
  return { who, samples, features, host: numbersOf(who, entries, features) };
}

/** Checks the shape of X: two axes, at least one sample and one feature, and `features` of them if given. */
export async function readEntries(
  who: string,
  given: UncheckedSamples,
  { features }: ExpectedSamples = {},
): Promise<UncheckedEntries> {
  const { shape, data } =
    given instanceof Tensor ? await readTensor(who, given) : flatRows(who, given);
  const [n = 0, d = 0] = shape;
  if (shape.length !== 2 || n < 1 || d < 1) {
    throw new ShapeError(
      `${who}: expected X [samples, features] with one of each at least, got ${show(shape, "X")}; pass rows of numbers`,
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

/** The entries in float64; throws for an entry that is not a finite number. */
function numbersOf(who: string, data: ArrayLike<unknown>, d: number): Float64Array<ArrayBuffer> {
  const host = new Float64Array(data.length);
  // a loop over arrays of only one type is several times as fast
  if (isA(data, "Float64Array", "Float32Array")) host.set(data);
  else for (let at = 0; at < data.length; at++) host[at] = numberOf(data[at]);
  for (let at = 0; at < host.length; at++) {
    if (Number.isFinite(host[at])) continue;
    throw new ValueError(
      `${who}: expected finite numbers, got ${describe(data[at])} in row ${Math.floor(at / d)}, column ${at % d} of X; ` +
        "drop, fill or convert it",
    );
  }
  return host;
}

/** Booleans are 1 and 0, as in numpy; NaN for strings, missing values, and integers that float64 does not have. */
const numberOf = (value: unknown): number =>
  // biome-ignore lint/suspicious/noDoubleEquals: true of a bigint that is exactly this number
  /^[bn]/.test(typeof value) && value == Number(value) ? Number(value) : Number.NaN;

/** Rows of a matrix, in the given order. */
export function rowsOf({ host, features }: HostMatrix, rows: ArrayLike<number>): FloatMatrix {
  const data = new Float64Array(rows.length * features);
  for (let to = 0; to < rows.length; to++) {
    const from = (rows[to] as number) * features;
    data.set(host.subarray(from, from + features), to * features);
  }
  return { data, shape: [rows.length, features] };
}

/** Checks y: one finite number for each of n samples; by default any number of samples. */
export async function readTargets(
  who: string,
  given: Targets,
  n?: number,
  wording: { readonly name?: string; readonly advice?: string } = {},
): Promise<Float64Array<ArrayBuffer>> {
  const { name = "y", advice = "drop such rows, or use a classifier for labels" } = wording;
  const y = await readColumn(who, given, name);
  if (y.length !== (n ?? y.length)) {
    throw new ShapeError(
      `${who}: expected ${n} numbers in ${name}, one per row of X, got ${y.length}; check that X and ${name} belong together`,
    );
  }
  const numbers = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) {
    numbers[i] = numberOf(y[i]);
    if (Number.isFinite(numbers[i])) continue;
    throw new ValueError(
      `${who}: expected finite numbers, got ${name}[${i}] = ${describe(y[i])}; ${advice}`,
    );
  }
  return numbers;
}

/** The values of y in one list: y may be a tensor, a list, or a column [n, 1]. Throws `ShapeError` for several columns. */
export async function readColumn(
  who: string,
  given: Targets | SampleColumn<ArrayLike<unknown>> | ArrayLike<unknown>,
  name = "y",
): Promise<ArrayLike<unknown>> {
  const y = given instanceof Tensor ? await readTensor(who, given) : given;
  const [first] = Array.isArray(y) ? y : [];
  const nested = typeof first === "object" && first?.length !== undefined;
  const { shape, data } =
    nested || "shape" in y ? flatRows(who, y as Matrix) : { shape: [y.length], data: y };
  if (shape.length === 1 || (shape.length === 2 && shape[1] === 1)) return data;
  throw new ShapeError(
    `${who}: expected ${name} [samples], got ${show(shape, name)}; fit a model for each column of it`,
  );
}

async function readTensor(who: string, given: Tensor) {
  given.checkUsable(who);
  return { shape: given.shape, data: await given.read() };
}

/** Rows in one array, with their shape. Throws `ShapeError` for rows of different lengths. */
export function flatRows(who: string, given: Exclude<UncheckedSamples, Tensor>) {
  if ("shape" in given) return { shape: given.shape, data: given.data };
  const features = given[0]?.length as number; // else the first row is odd
  if (given.length === 0) return { shape: [0, 0], data: [] };
  const odd = given.findIndex(
    (row) => typeof row !== "object" || row?.length === undefined || row.length !== features,
  );
  if (odd >= 0) {
    throw new ShapeError(
      `${who}: expected rows of the same length, got ${describe(given[odd])} as row ${odd}; ` +
        "one feature is [[1], [2]]; numbers in one array are { data, shape: [samples, features] }",
    );
  }
  const data: unknown[] | Float64Array =
    typeof given[0]?.[0] === "number" && given.every(ArrayBuffer.isView)
      ? new Float64Array(given.length * features)
      : new Array<unknown>(given.length * features);
  given.forEach((row, i) => {
    for (let c = 0; c < features; c++) data[i * features + c] = row[c];
  });
  return { shape: [given.length, features], data };
}
