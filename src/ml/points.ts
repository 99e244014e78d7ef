import { tensor } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { spreadSample } from "./columns.ts";
import type { HostMatrix } from "./samples.ts";

export const upTo4 = (n: number): number => 4 * Math.ceil(n / 4);

/** Origin and unit of points: x becomes (x − shift)·scale before it is rounded to f32. */
export interface Frame {
  readonly shift: Float64Array; // [features]
  /** One power of two for all features, which preserves ratios of distances. */
  readonly scale: number;
}

/** The frame that does not change points. */
export const unframed = (features: number): Frame => ({
  shift: new Float64Array(features),
  scale: 1,
});

/**
 * A frame around the features' medians, which outliers do not affect, scaled so that the largest number is about 2^40: the
 * squares of numbers down to 2^-63 stay normal in f32, and sums over 2^40 squares stay finite.
 */
export function frameOf(matrix: HostMatrix): Frame {
  const { host, features } = matrix;
  const shift = new Float64Array(features);
  for (let c = 0; c < features; c++) {
    const values = spreadSample(matrix, c);
    shift[c] = values[values.length >> 1] as number;
  }
  let most = 0;
  for (let at = 0; at < host.length; ) {
    for (let c = 0; c < features; c++, at++) {
      const away = Math.abs((host[at] as number) - (shift[c] as number));
      if (away > most) most = away;
    }
  }
  const scale =
    most > 0 ? 2 ** Math.max(-1000, Math.min(1000, 40 - Math.round(Math.log2(most)))) : 1;
  return { shift, scale };
}

/** The samples relative to a frame, in float64. */
export function framed(matrix: HostMatrix, { shift, scale }: Frame): HostMatrix {
  const { host, features } = matrix;
  const moved = host.map((value, at) => (value - (shift[at % features] as number)) * scale);
  return { ...matrix, host: moved };
}

/** Points on the GPU in the layout of kernels that process four at once: columns, relative to a frame. */
export interface Points extends Frame {
  readonly points: number;
  readonly features: number;
  /** [upTo4(features), upTo4(points)], padded with zeros. */
  readonly xt: Tensor;
}

/** Uploads the samples in this layout. The caller disposes of `xt`. */
export function columnsOf(
  { host, samples, features }: HostMatrix,
  { shift, scale }: Frame,
): Points {
  const [rows, n] = [upTo4(features), upTo4(samples)];
  const xt = new Float32Array(rows * n);
  for (let i = 0, at = 0; i < samples; i++) {
    for (let j = 0, to = i; j < features; j++, at++, to += n) {
      xt[to] = ((host[at] as number) - (shift[j] as number)) * scale;
    }
  }
  const laid = tensor(xt, { shape: [rows, n], name: "points" });
  return { points: samples, features, shift, scale, xt: laid };
}
