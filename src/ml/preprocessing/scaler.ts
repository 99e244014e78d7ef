import type { Kind } from "../../core/kinds.ts";
import { type FloatMatrix, readMatrix, type Samples } from "../samples.ts";

/** A lower and an upper bound. */
export const range: Kind = {
  expected: "two numbers [low, high]",
  accepts: (value) =>
    Array.isArray(value) && value.length === 2 && value.every((each) => typeof each === "number"),
};

/**
 * X [samples, features] with every number mapped by the function of its column, in float64 on the host: scaling is limited
 * by memory bandwidth, not by computation.
 */
export async function mapColumns(
  who: string,
  X: Samples,
  features: number,
  map: (value: number, column: number) => number,
): Promise<FloatMatrix> {
  const { host, samples } = await readMatrix(who, X, { features });
  return { data: host.map((value, at) => map(value, at % features)), shape: [samples, features] };
}
