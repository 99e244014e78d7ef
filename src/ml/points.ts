import { tensor } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { HostMatrix } from "./samples.ts";

export const upTo4 = (n: number): number => 4 * Math.ceil(n / 4);

/** Points on the GPU as kernels that take four at once want them: columns, less a shift that keeps the digits of points far from 0. */
export interface Points {
  readonly points: number;
  readonly features: number;
  /** [upTo4(features), upTo4(points)], zeros behind the last. */
  readonly xt: Tensor;
  readonly shift: Float64Array; // [features]
}

/** Lays the samples out. The caller disposes `xt`. */
export function columnsOf({ host, samples, features }: HostMatrix, shift: Float64Array): Points {
  const [rows, n] = [upTo4(features), upTo4(samples)];
  const xt = new Float32Array(rows * n);
  for (let i = 0; i < samples; i++) {
    for (let j = 0; j < features; j++) {
      xt[j * n + i] = (host[i * features + j] as number) - (shift[j] as number);
    }
  }
  return { points: samples, features, shift, xt: tensor(xt, { shape: [rows, n], name: "points" }) };
}
