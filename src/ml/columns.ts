import type { HostMatrix } from "./samples.ts";

/** What brings each feature near mean 0 and deviation 1. */
export interface Scaling {
  readonly shift: Float32Array<ArrayBuffer>; // [features]: the mean, rounded; 0 where none is taken off
  readonly factor: Float32Array<ArrayBuffer>; // [features]: a power of two; 1 for a constant feature
}

/**
 * Means and scales of the features, in float64 about the first sample as a pivot, so that a mean far from 0 costs no digit.
 * `centred` false: nothing is taken off.
 */
export function scalingOf({ host, samples, features }: HostMatrix, centred: boolean): Scaling {
  const sums = new Float64Array(features);
  const squares = new Float64Array(features);
  for (let at = 0; at < host.length; at += features) {
    for (let c = 0; c < features; c++) {
      const from = (host[at + c] as number) - (centred ? (host[c] as number) : 0);
      sums[c] = (sums[c] as number) + from;
      squares[c] = (squares[c] as number) + from * from;
    }
  }
  const shift = new Float32Array(features);
  const factor = new Float32Array(features);
  for (let c = 0; c < features; c++) {
    const mean = centred ? (sums[c] as number) / samples : 0;
    shift[c] = centred ? (host[c] as number) + mean : 0;
    factor[c] = powerOfTwo(Math.sqrt(Math.max(0, (squares[c] as number) / samples - mean * mean)));
  }
  return { shift, factor };
}

/** The power of two next to 1/size; 1 for a size of 0. */
export function powerOfTwo(size: number): number {
  return size > 0 ? 2 ** Math.max(-100, Math.min(100, -Math.round(Math.log2(size)))) : 1;
}

/** Means and variances (of all samples) of the features, in two passes of float64; a constant feature has exactly 0. */
export function momentsOf({ host, samples, features }: HostMatrix): {
  readonly mean: Float64Array<ArrayBuffer>; // [features]
  readonly variance: Float64Array<ArrayBuffer>; // [features]
} {
  const mean = new Float64Array(features);
  const variance = new Float64Array(features);
  for (let at = 0; at < host.length; at++) {
    const c = at % features;
    mean[c] = (mean[c] as number) + ((host[at] as number) - (host[c] as number)) / samples;
  }
  for (let c = 0; c < features; c++) mean[c] = (mean[c] as number) + (host[c] as number);
  for (let at = 0; at < host.length; at++) {
    const c = at % features;
    variance[c] =
      (variance[c] as number) + ((host[at] as number) - (mean[c] as number)) ** 2 / samples;
  }
  return { mean, variance };
}
