import { NO_CENTRE } from "../../kernels/cluster/layout.ts";
import { tensor } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { HostMatrix } from "../samples.ts";

export const upTo4 = (n: number): number => 4 * Math.ceil(n / 4);

/** Points on the GPU as the kernels of K-Means want them: columns, less a shift that keeps the digits of points far from 0. */
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

/** Centres [k, features], less the shift, as the kernels want them: [upTo4(k), upTo4(features) + 4]. */
export function centresOf(
  centres: Float64Array,
  { features, shift }: Pick<Points, "features" | "shift">,
): Tensor {
  const k = centres.length / features;
  const width = upTo4(features) + 4;
  const rows = new Float32Array(upTo4(k) * width);
  for (let c = 0; c < upTo4(k); c++) {
    let norm = 0;
    for (let j = 0; c < k && j < features; j++) {
      const value = Math.fround((centres[c * features + j] as number) - (shift[j] as number));
      rows[c * width + j] = value;
      norm += value * value;
    }
    rows[(c + 1) * width - 4] = c < k ? norm : NO_CENTRE;
  }
  return tensor(rows, { shape: [upTo4(k), width], name: "centres" });
}

/** What `centresOf` laid out, back in the samples' units: [k, features]. */
export function centresFrom(
  rows: ArrayLike<number>,
  k: number,
  { features, shift }: Pick<Points, "features" | "shift">,
): Float64Array<ArrayBuffer> {
  const width = upTo4(features) + 4;
  return Float64Array.from({ length: k * features }, (_, at) => {
    const j = at % features;
    return (rows[Math.floor(at / features) * width + j] as number) + (shift[j] as number);
  });
}
