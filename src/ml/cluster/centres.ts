import { NO_CENTRE } from "../../kernels/cluster/layout.ts";
import { tensor } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type Frame, upTo4 } from "../points.ts";

/** Centres [k, features], in the points' frame, in the kernels' layout: [upTo4(k), upTo4(features) + 4]. */
export function centresOf(
  centres: Float64Array,
  { features, shift, scale }: Frame & { readonly features: number },
): Tensor {
  const k = centres.length / features;
  const width = upTo4(features) + 4;
  const rows = new Float32Array(upTo4(k) * width);
  for (let c = 0; c < upTo4(k); c++) {
    let norm = 0;
    for (let j = 0; c < k && j < features; j++) {
      const value = Math.fround(
        ((centres[c * features + j] as number) - (shift[j] as number)) * scale,
      );
      rows[c * width + j] = value;
      norm += value * value;
    }
    rows[(c + 1) * width - 4] = c < k ? norm : NO_CENTRE;
  }
  return tensor(rows, { shape: [upTo4(k), width], name: "centres" });
}

/** Centres from the kernels' layout, in the samples' units: [k, features]. */
export function centresFrom(
  rows: ArrayLike<number>,
  k: number,
  { features, shift, scale }: Frame & { readonly features: number },
): Float64Array<ArrayBuffer> {
  const width = upTo4(features) + 4;
  return Float64Array.from({ length: k * features }, (_, at) => {
    const j = at % features;
    return (rows[Math.floor(at / features) * width + j] as number) / scale + (shift[j] as number);
  });
}

/** Masses from the kernels' layout: the number of points that each of k centres was assigned. */
export function massesFrom(rows: ArrayLike<number>, k: number, features: number): number[] {
  const width = upTo4(features) + 4;
  return Array.from({ length: k }, (_, c) => rows[(c + 1) * width - 3] as number);
}
