import type { HostMatrix, Scaling } from "./samples.ts";

/**
 * Shift and scale that bring each feature near mean 0 and deviation 1: its mean, computed in float64 about the first sample
 * as a pivot, and a power of two; 1 for a constant feature. With `centred` false there is no shift. Samples of weight 0 are
 * ignored.
 */
export function scalingOf(
  { host, samples, features }: HostMatrix,
  centred: boolean,
  weights: ArrayLike<number> = new Float64Array(samples).fill(1),
): Required<Scaling> {
  const counted = Array.from({ length: samples }, (_, i) => i).filter((i) => weights[i] !== 0);
  const pivot = features * (counted[0] ?? 0);
  const sums = new Float64Array(features);
  const squares = new Float64Array(features);
  for (const i of counted) {
    for (let c = 0; c < features; c++) {
      const from = (host[i * features + c] as number) - (centred ? (host[pivot + c] as number) : 0);
      sums[c] = (sums[c] as number) + from;
      squares[c] = (squares[c] as number) + from * from;
    }
  }
  const shift = new Float64Array(features);
  const factor = new Float64Array(features);
  for (let c = 0; c < features; c++) {
    const mean = centred ? (sums[c] as number) / counted.length : 0;
    const deviation = Math.sqrt(Math.max(0, (squares[c] as number) / counted.length - mean * mean));
    factor[c] = powerOfTwo(deviation);
    const whole = (host[pivot + c] as number) + mean; // the exact value of a constant feature
    if (centred) shift[c] = deviation > 0 ? rounded(whole, factor[c] as number) : whole;
  }
  return { shift, factor };
}

/**
 * Rounds a mean to an eighth of the deviation: numbers with few digits still have few digits after subtracting it, and f32
 * represents them.
 */
const rounded = (mean: number, factor: number): number =>
  Math.round(mean * 8 * factor) / (8 * factor);

/** The power of two next to 1/size; 1 for a size of 0. */
export function powerOfTwo(size: number): number {
  return size > 0 ? 2 ** Math.max(-1000, Math.min(1000, -Math.round(Math.log2(size)))) : 1;
}

/** Maximum number of samples that are sorted to describe a feature. */
const MOST_SORTED = 1001;

/** Cache of `spreadSample` by matrix: frames and checks ask for the same features. */
const sorted = /* @__PURE__ */ new WeakMap<Float64Array, Float64Array[]>();

/**
 * A feature's numbers in ascending order, from at most 1,001 samples evenly spread over all. Do not modify the array: it is
 * cached.
 */
export function spreadSample(matrix: HostMatrix, c: number): Float64Array {
  const known = sorted.get(matrix.host) ?? [];
  sorted.set(matrix.host, known);
  known[c] ??= sortedSample(matrix, c);
  return known[c];
}

function sortedSample({ host, samples, features }: HostMatrix, c: number): Float64Array {
  const values = new Float64Array(Math.min(samples, MOST_SORTED));
  for (let i = 0; i < values.length; i++) {
    values[i] = host[Math.floor((i * samples) / values.length) * features + c] as number;
  }
  return values.sort();
}

/** Means and variances (of all samples) of the features, in two passes of float64; a constant feature has exactly 0. */
export function momentsOf({ host, samples, features }: HostMatrix): {
  readonly mean: Float64Array<ArrayBuffer>; // [features]
  readonly variance: Float64Array<ArrayBuffer>; // [features]
} {
  const mean = new Float64Array(features);
  const variance = new Float64Array(features);
  for (let at = 0; at < host.length; ) {
    for (let c = 0; c < features; c++, at++) {
      mean[c] = (mean[c] as number) + ((host[at] as number) - (host[c] as number)) / samples;
    }
  }
  for (let c = 0; c < features; c++) mean[c] = (mean[c] as number) + (host[c] as number);
  for (let at = 0; at < host.length; ) {
    for (let c = 0; c < features; c++, at++) {
      variance[c] =
        (variance[c] as number) + ((host[at] as number) - (mean[c] as number)) ** 2 / samples;
    }
  }
  return { mean, variance };
}
