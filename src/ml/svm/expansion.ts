import { ValueError } from "../../core/errors.ts";
import type { KernelFunction } from "../../kernels/svm/kernel_function.ts";
import { svmKernelRows as kernelRows } from "../../kernels/svm/rows.ts";
import { product } from "../../ops/matmul/product.ts";
import { zeros } from "../../ops/shape/create.ts";
import { tensor } from "../../tensor/create.ts";
import { run } from "../../tensor/run.ts";
import { scope } from "../../tensor/scope.ts";
import { checkInRange } from "../overflow.ts";
import { Pauses } from "../pause.ts";
import { columnsOf, type Frame, framed, unframed, upTo4 } from "../points.ts";
import { quadsOf } from "../quads.ts";
import { type HostMatrix, readMatrix, type Samples } from "../samples.ts";
import { needsHost } from "./host_kernel.ts";
import { kernelRow } from "./kernel_row.ts";

/** Functions that are sums of kernels at common support vectors. */
export interface Expansion {
  readonly kernel: KernelFunction;
  readonly features: number;
  /** [vectors, features], in the units of the samples. */
  readonly vectors: Float64Array<ArrayBuffer>;
  /** Origin and unit of points for the kernel. */
  readonly frame: Frame;
  /** [functions, vectors] */
  readonly coef: Float64Array;
  /** [functions] */
  readonly intercept: Float64Array;
}

/**
 * The change of the constant of a function with a linear kernel if samples are measured from `shift`: w · shift, with w = Σ
 * coef · (s − shift), computed without cancellation.
 */
export function gained(
  kind: KernelFunction["kind"],
  shift: Float64Array,
  vectors: Float64Array,
  coef: ArrayLike<number>,
): number {
  const d = shift.length;
  let sum = 0;
  if (kind !== "linear") return sum;
  for (let at = 0; at < vectors.length; at++) {
    const weight = coef[Math.floor(at / d)] as number;
    const from = shift[at % d] as number;
    if (weight !== 0) sum += weight * ((vectors[at] as number) - from) * from;
  }
  return sum;
}

/** `[functions, features]`: w = Σ coef · s of a linear kernel. Throws `ValueError` for another kernel. */
export function linearCoef(
  who: string,
  { kernel, features, vectors, coef, intercept, frame }: Expansion,
): Float64Array<ArrayBuffer> {
  if (kernel.kind !== "linear") {
    throw new ValueError(
      `${who}.coef: expected a linear kernel, got "${kernel.kind}"; fit with kernel: "linear", or use dualCoef and supportVectors`,
    );
  }
  const w = new Float64Array(intercept.length * features);
  const count = vectors.length / features;
  for (let k = 0; k < intercept.length; k++) {
    for (let at = 0; at < vectors.length; at++) {
      const c = at % features; // coefficients of a machine add up to 0, so a shift of all vectors changes nothing
      const s = (vectors[at] as number) - (frame.shift[c] as number);
      const weight = coef[k * count + Math.floor(at / features)] as number;
      w[k * features + c] = (w[k * features + c] as number) + weight * s;
    }
  }
  return w;
}

/** Maximum number of kernel values on the GPU at once. */
const MOST_AT_ONCE = 2 ** 23;
/** Number of multiplications up to which the host is faster than a round trip to the GPU. */
const MOST_WORK = 2 ** 20;

/** The values of all functions at the samples: [samples, functions]. Throws `ShapeError` for another number of features. */
export async function evaluate(
  who: string,
  expansion: Expansion,
  X: Samples,
): Promise<Float64Array<ArrayBuffer>> {
  const { features, frame, vectors, coef } = expansion;
  const given = await readMatrix(who, X, { features });
  const matrix = framed(given, frame);
  const count = vectors.length / features;
  const intercept = expansion.intercept.map((b, k) => {
    const own = coef.subarray(k * count, (k + 1) * count);
    return b + gained(expansion.kernel.kind, frame.shift, vectors, own);
  });
  const moved = framed({ host: Float64Array.from(vectors), samples: count, features }, frame);
  const values = await valuesAt({ ...expansion, vectors: moved.host, intercept }, matrix);
  checkInRange(given, values);
  return values;
}

/**
 * The values of functions at samples, both already in the frame: in float64 on the host where there is little work or f32
 * would not do.
 */
export async function valuesAt(
  expansion: Omit<Expansion, "frame">,
  matrix: HostMatrix,
): Promise<Float64Array<ArrayBuffer>> {
  const { kernel, features, vectors: host, intercept } = expansion;
  const samples = host.length / features;
  const soon = matrix.samples * host.length <= MOST_WORK;
  if (soon || needsHost(kernel, { host, samples, features })) {
    return onHost(expansion, matrix);
  }
  const functions = intercept.length;
  const result = new Float64Array(matrix.samples * functions);
  const atOnce = 4 * Math.max(1, Math.floor(MOST_AT_ONCE / samples / 4));
  for (let start = 0; start < matrix.samples; start += atOnce) {
    const many = Math.min(atOnce, matrix.samples - start);
    const values = await block(expansion, matrix, start, many);
    for (let i = 0; i < many; i++) {
      for (let k = 0; k < functions; k++) {
        const value = values[k * upTo4(many) + i] as number;
        result[(start + i) * functions + k] = value + (intercept[k] as number);
      }
    }
  }
  return result;
}

/** The same in float64, with plain sums. */
async function onHost(
  { kernel, features, vectors, coef, intercept }: Omit<Expansion, "frame">,
  { host, samples }: HostMatrix,
): Promise<Float64Array<ArrayBuffer>> {
  const functions = intercept.length;
  const result = new Float64Array(samples * functions);
  const count = vectors.length / features;
  const quads = quadsOf({ host: vectors, samples: count, features });
  const row = new Float64Array(4 * quads.count);
  const pauses = new Pauses();
  for (let i = 0; i < samples; i++) {
    kernelRow(kernel, { data: host, start: i * features }, quads, row);
    for (let k = 0; k < functions; k++) {
      let sum = 0;
      for (let j = 0; j < count; j++) sum += (coef[k * count + j] as number) * (row[j] as number);
      result[i * functions + k] = sum + (intercept[k] as number);
    }
    if (i % 16 === 0) await pauses.turn();
  }
  return result;
}

/** coef · K of a block of samples: [functions, upTo4(samples)]. */
async function block(
  { kernel, features, vectors, coef, intercept }: Omit<Expansion, "frame">,
  matrix: HostMatrix,
  start: number,
  samples: number,
): Promise<ArrayLike<number>> {
  const host = matrix.host.subarray(start * features, (start + samples) * features);
  const count = vectors.length / features;
  const sums = scope(() => {
    const { xt } = columnsOf({ host, samples, features }, unframed(features));
    const width = upTo4(features);
    const s = new Float32Array(count * width);
    for (let j = 0; j < count; j++) {
      s.set(vectors.subarray(j * features, (j + 1) * features), j * width);
    }
    const rows = zeros([count, upTo4(samples)]);
    const places = tensor(Uint32Array.from({ length: count }, (_, j) => j));
    run(kernelRows, { xt, s: tensor(s, { shape: [count, width] }), places, rows }, kernel);
    const a = tensor(Float32Array.from(coef), { shape: [intercept.length, count] });
    return product(a, rows, { transposeA: false, transposeB: false });
  });
  try {
    return await sums.read();
  } finally {
    sums.dispose();
  }
}
