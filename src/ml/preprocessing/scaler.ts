import { type FloatMatrix, readMatrix, type Samples } from "../samples.ts";

/** [samples, features] of X with every number mapped by its column, in float64: a scaler moves bytes and computes little. */
export async function mapColumns(
  who: string,
  X: Samples,
  features: number,
  map: (value: number, column: number) => number,
): Promise<FloatMatrix> {
  const { host, samples } = await readMatrix(who, X, { features });
  return { data: host.map((value, at) => map(value, at % features)), shape: [samples, features] };
}
