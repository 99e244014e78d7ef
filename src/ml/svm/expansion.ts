import type { KernelFunction } from "../../kernels/svm/kernel_function.ts";
import { kernelRows } from "../../kernels/svm/rows.ts";
import { zeros } from "../../ops/create.ts";
import { matmul } from "../../ops/matmul.ts";
import { tensor } from "../../tensor/create.ts";
import { run } from "../../tensor/run.ts";
import { scope } from "../../tensor/scope.ts";
import { columnsOf, upTo4 } from "../points.ts";
import { type HostMatrix, readMatrix, type Samples } from "../samples.ts";

/** Functions that are sums of kernels at the same support vectors. */
export interface Expansion {
  readonly kernel: KernelFunction;
  readonly features: number;
  /** [vectors, features] */
  readonly vectors: Float32Array;
  /** [functions, vectors] */
  readonly coef: Float64Array;
  /** [functions] */
  readonly intercept: Float64Array;
}

/** Kernel values that are on the GPU at once. */
const MOST_AT_ONCE = 2 ** 23;

/** The values of all functions at the samples: [samples, functions]. Throws `ShapeError` for other features. */
export async function evaluate(
  who: string,
  expansion: Expansion,
  X: Samples,
): Promise<Float64Array<ArrayBuffer>> {
  const matrix = await readMatrix(who, X, { features: expansion.features });
  const functions = expansion.intercept.length;
  const count = expansion.vectors.length / expansion.features;
  const result = new Float64Array(matrix.samples * functions);
  const atOnce = 4 * Math.max(1, Math.floor(MOST_AT_ONCE / Math.max(1, count) / 4));
  for (let start = 0; start < matrix.samples; start += atOnce) {
    const samples = Math.min(atOnce, matrix.samples - start);
    const values = count === 0 ? undefined : await block(expansion, matrix, start, samples);
    for (let i = 0; i < samples; i++) {
      for (let k = 0; k < functions; k++) {
        const value = values?.[k * upTo4(samples) + i] ?? 0;
        result[(start + i) * functions + k] = value + (expansion.intercept[k] as number);
      }
    }
  }
  return result;
}

/** coef · K of some samples: [functions, upTo4(samples)]. */
async function block(
  { kernel, features, vectors, coef, intercept }: Expansion,
  matrix: HostMatrix,
  start: number,
  samples: number,
): Promise<ArrayLike<number>> {
  const host = matrix.host.subarray(start * features, (start + samples) * features);
  const count = vectors.length / features;
  const sums = scope(() => {
    const { xt } = columnsOf({ host, samples, features }, new Float64Array(features));
    const width = upTo4(features);
    const s = new Float32Array(count * width);
    for (let j = 0; j < count; j++) {
      s.set(vectors.subarray(j * features, (j + 1) * features), j * width);
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
