import type { FilledInput, InputSpec, Tolerance } from "../kernel.ts";
import type { PointwiseOptions } from "./elements.ts";

/** A case of the three pointwise kernels, without dy. */
export interface PointwiseExample {
  readonly name: string;
  readonly inputs: {
    readonly x: FilledInput;
    readonly t: FilledInput;
    readonly v?: InputSpec;
    readonly weight?: InputSpec;
  };
  readonly options: PointwiseOptions;
  readonly tolerance?: Tolerance;
}

/** Combinations of every x with every t. */
export function grid(
  name: string,
  options: PointwiseOptions,
  xs: readonly number[],
  ts: readonly number[],
  v?: InputSpec,
): PointwiseExample {
  const shape = [xs.length, ts.length];
  const x = { shape, fill: (i: number) => xs[Math.floor(i / ts.length)] as number };
  const t = { shape, fill: (i: number) => ts[i % ts.length] as number };
  return { name, inputs: { x, t, ...(v && { v }) }, options };
}

export const list = (...values: number[]) => ({
  shape: [values.length],
  fill: (i: number) => values[i] as number,
});
