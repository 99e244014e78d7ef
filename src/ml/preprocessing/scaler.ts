import { add, mul, sub } from "../../ops/elementwise.ts";
import { tensor } from "../../tensor/create.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type FloatMatrix, readSamples, type Samples } from "../samples.ts";

/** y = (x − shift)·factor + rest of every column, on the GPU. Near `shift` no digit is lost. */
export interface ColumnMap {
  readonly shift: Float32Array<ArrayBuffer>; // [features]
  readonly factor: Float32Array<ArrayBuffer>; // [features]
  readonly rest: Float32Array<ArrayBuffer>; // [features]
}

/** The map x ↦ (x − from)·factor + to for numbers of float64. */
export function columnMap(
  from: Float64Array,
  factor: ArrayLike<number>,
  to: ArrayLike<number>,
): ColumnMap {
  const shift = Float32Array.from(from);
  return {
    shift,
    factor: Float32Array.from(factor),
    rest: Float32Array.from(from, (value, c) => {
      const missed = ((shift[c] as number) - value) * (factor[c] as number);
      return missed + (to[c] as number);
    }),
  };
}

/** [samples, features] of X with every column mapped. */
export function mapColumns(who: string, X: Samples, map: ColumnMap): Promise<FloatMatrix> {
  return mapped(who, X, map.shift.length, (x) => {
    const scaled = mul(sub(x, tensor(map.shift)), tensor(map.factor));
    return add(scaled, tensor(map.rest));
  });
}

/** Checks X [samples, features], makes a matrix of it on the GPU, and reads that; nothing else stays there. */
export async function mapped(
  who: string,
  X: Samples,
  features: number,
  work: (x: Tensor) => Tensor,
): Promise<FloatMatrix> {
  const x = await readSamples(who, X, { features });
  try {
    const result = scope(() => work(x.x));
    try {
      const [n = 0, d = 0] = result.shape;
      return { data: Float32Array.from(await result.read()), shape: [n, d] };
    } finally {
      result.dispose();
    }
  } finally {
    x.dispose();
  }
}
