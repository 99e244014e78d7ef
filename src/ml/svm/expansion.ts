import type { KernelFunction } from "../../kernels/svm/kernel_function.ts";
import { kernelRows } from "../../kernels/svm/rows.ts";
import { zeros } from "../../ops/create.ts";
import { matmul } from "../../ops/matmul.ts";
import { tensor } from "../../tensor/create.ts";
import { run } from "../../tensor/run.ts";
import { scope } from "../../tensor/scope.ts";
import { columnsOf, type Frame, framed, unframed, upTo4 } from "../points.ts";
import { type HostMatrix, readMatrix, type Samples } from "../samples.ts";

/** Functions that are sums of kernels at the same support vectors. */
export interface Expansion {
  readonly kernel: KernelFunction;
  readonly features: number;
  /** [vectors, features], in the samples' units. */
  readonly vectors: Float64Array;
  /** Where the kernel measures. */
  readonly frame: Frame;
  /** [functions, vectors] */
  readonly coef: Float64Array;
  /** [functions] */
  readonly intercept: Float64Array;
}

/**
 * What the constants of functions of a linear kernel gain where samples are measured from `shift`: w · shift, of
 * w = Σ coef · (s − shift), in which nothing cancels.
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

/** Kernel values that are on the GPU at once. */
const MOST_AT_ONCE = 2 ** 23;

/** The values of all functions at the samples: [samples, functions]. Throws `ShapeError` for other features. */
export async function evaluate(
  who: string,
  expansion: Expansion,
  X: Samples,
): Promise<Float64Array<ArrayBuffer>> {
  const { features, frame } = expansion;
  const matrix = framed(await readMatrix(who, X, { features }), frame);
  const functions = expansion.intercept.length;
  const count = expansion.vectors.length / features;
  const constants = expansion.intercept.map((b, k) => {
    const coef = expansion.coef.subarray(k * count, (k + 1) * count);
    return b + gained(expansion.kernel.kind, frame.shift, expansion.vectors, coef);
  });
  const result = new Float64Array(matrix.samples * functions);
  const atOnce = 4 * Math.max(1, Math.floor(MOST_AT_ONCE / Math.max(1, count) / 4));
  for (let start = 0; start < matrix.samples; start += atOnce) {
    const samples = Math.min(atOnce, matrix.samples - start);
    const values = count === 0 ? undefined : await block(expansion, matrix, start, samples);
    for (let i = 0; i < samples; i++) {
      for (let k = 0; k < functions; k++) {
        const value = values?.[k * upTo4(samples) + i] ?? 0;
        result[(start + i) * functions + k] = value + (constants[k] as number);
      }
    }
  }
  return result;
}

/** coef · K of some samples: [functions, upTo4(samples)]. */
async function block(
  { kernel, features, vectors, coef, intercept, frame }: Expansion,
  matrix: HostMatrix,
  start: number,
  samples: number,
): Promise<ArrayLike<number>> {
  const host = matrix.host.subarray(start * features, (start + samples) * features);
  const count = vectors.length / features;
  const moved = framed({ host: Float64Array.from(vectors), samples: count, features }, frame);
  const sums = scope(() => {
    const { xt } = columnsOf({ host, samples, features }, unframed(features));
    const width = upTo4(features);
    const s = new Float32Array(count * width);
    for (let j = 0; j < count; j++) {
      s.set(moved.host.subarray(j * features, (j + 1) * features), j * width);
    }
    const rows = zeros([count, upTo4(samples)]);
    const places = tensor(Uint32Array.from({ length: count }, (_, j) => j));
    run(kernelRows, { xt, s: tensor(s, { shape: [count, width] }), places, rows }, kernel);
    return matmul(tensor(Float32Array.from(coef), { shape: [intercept.length, count] }), rows);
  });
  try {
    return await sums.read();
  } finally {
    sums.dispose();
  }
}
