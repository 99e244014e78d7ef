import { ShapeError, ValueError } from "../core/errors.ts";
import { show } from "../core/shape.ts";
import { tensor } from "../tensor/create.ts";
import { Tensor } from "../tensor/tensor.ts";

/** A matrix on the host, row-major. */
export interface Matrix {
  readonly data: ArrayLike<number>;
  readonly shape: readonly [samples: number, features: number];
}

/** A matrix that an estimator made, on the host: it can be X of the next one. */
export interface FloatMatrix extends Matrix {
  readonly data: Float32Array<ArrayBuffer>;
}

/** What estimators take as X [samples, features]: an f32 tensor, rows of numbers, or numbers with a shape. */
export type Samples = Tensor | Matrix | readonly ArrayLike<number>[];

/** What estimators take as y [samples]: one number a sample. */
export type Targets = Tensor | ArrayLike<number>;

/** Samples that were checked, on the host. */
export interface HostMatrix {
  readonly samples: number;
  readonly features: number;
  /** [samples, features] in f32, row-major. */
  readonly host: Float32Array<ArrayBuffer>;
}

/** Samples that were checked, on the host and on the GPU. */
export interface SampleMatrix extends HostMatrix {
  /** The same on the GPU: the caller's own tensor, or one that `dispose` frees. */
  readonly x: Tensor;
  dispose(): void;
}

interface Expected {
  /** As many as in fit. */
  readonly features?: number;
}

/** `readMatrix`, and the samples on the GPU. */
export async function readSamples(
  who: string,
  given: Samples,
  expected: Expected = {},
): Promise<SampleMatrix> {
  const matrix = await readMatrix(who, given, expected);
  if (given instanceof Tensor) return { ...matrix, x: given, dispose: () => undefined };
  const shape = [matrix.samples, matrix.features];
  const x = tensor(matrix.host, { shape, name: "X" });
  return { ...matrix, x, dispose: () => x.dispose() };
}

/**
 * Checks X: finite numbers, two axes, one sample and one feature at least, `features` of them where that is known. A
 * tensor is read back once, so that a NaN gets its name before anything is computed.
 */
export async function readMatrix(
  who: string,
  given: Samples,
  { features }: Expected = {},
): Promise<HostMatrix> {
  const { shape, data } = given instanceof Tensor ? await readTensor(who, given) : flat(who, given);
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
  const host = Float32Array.from(data);
  if (host.length !== n * d) {
    throw new ShapeError(
      `${who}: expected ${n * d} numbers for ${show(shape, "X")}, got ${host.length}; check the shape`,
    );
  }
  const bad = host.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new ValueError(
      `${who}: expected finite numbers, got ${host[bad]} in row ${Math.floor(bad / d)}, column ${bad % d} of X; ` +
        "drop such rows, or fill them in",
    );
  }
  return { samples: n, features: d, host };
}

/** Some rows of a matrix, in the order given. */
export function rowsOf({ host, features }: HostMatrix, rows: ArrayLike<number>): FloatMatrix {
  const data = new Float32Array(rows.length * features);
  for (let to = 0; to < rows.length; to++) {
    const from = (rows[to] as number) * features;
    data.set(host.subarray(from, from + features), to * features);
  }
  return { data, shape: [rows.length, features] };
}

/** Checks y: one finite number for each of n samples. */
export async function readTargets(
  who: string,
  given: Targets,
  n: number,
): Promise<Float64Array<ArrayBuffer>> {
  const y = Float64Array.from(given instanceof Tensor ? await given.read() : given);
  if (y.length !== n) {
    throw new ShapeError(
      `${who}: expected ${n} numbers in y, one a row of X, got ${y.length}; check that X and y belong together`,
    );
  }
  const bad = y.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new ValueError(
      `${who}: expected finite numbers, got y[${bad}] = ${y[bad]}; drop such rows`,
    );
  }
  return y;
}

/** Labels as positions in the sorted list of the classes there are. */
export interface Labels {
  /** The distinct labels in ascending order. */
  readonly classes: Float32Array<ArrayBuffer>;
  /** Position in `classes` of every sample's label. */
  readonly index: Uint32Array<ArrayBuffer>;
}

/** Checks labels: one integer a sample that f32 holds exactly, two classes at least unless `atLeast` says otherwise. */
export async function readLabels(
  who: string,
  given: Targets,
  n: number,
  { atLeast = 2 }: { readonly atLeast?: number } = {},
): Promise<Labels> {
  const y = await readTargets(who, given, n);
  const bad = y.findIndex((value) => !Number.isInteger(value) || Math.abs(value) > 2 ** 24);
  if (bad >= 0) {
    throw new ValueError(
      `${who}: expected integers of at most 2^24 as labels, got y[${bad}] = ${y[bad]}; number the classes`,
    );
  }
  const classes = Float32Array.from(new Set(y)).sort();
  if (classes.length < atLeast) {
    throw new ValueError(
      `${who}: expected labels of at least ${atLeast} classes, got only ${classes.join(", ")}; add samples of another class`,
    );
  }
  const position = new Map(Array.from(classes, (label, i) => [label, i]));
  return { classes, index: Uint32Array.from(y, (label) => position.get(label) ?? 0) };
}

async function readTensor(who: string, given: Tensor) {
  given.checkUsable(who);
  if (given.dtype !== "f32") {
    throw new ValueError(`${who}: expected X in f32, got ${given.dtype}; make it a Float32Array`);
  }
  return { shape: given.shape, data: await given.read() };
}

function flat(who: string, given: Matrix | readonly ArrayLike<number>[]) {
  if ("shape" in given) return { shape: given.shape as readonly number[], data: given.data };
  const features = given[0]?.length ?? 0;
  const odd = given.findIndex((row) => row.length !== features);
  if (odd >= 0) {
    throw new ShapeError(
      `${who}: expected rows of the same length, got ${features} numbers in row 0 and ${given[odd]?.length} in row ${odd}; fill them up`,
    );
  }
  const data = new Float32Array(given.length * features);
  given.forEach((row, i) => {
    data.set(row, i * features);
  });
  return { shape: [given.length, features], data };
}
