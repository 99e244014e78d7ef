import type { HostMatrix } from "../samples.ts";

/** Weights, means and variances of classes. */
export interface ClassMoments {
  readonly count: Float64Array; // [classes]
  readonly mean: Float64Array; // [classes, features]
  readonly variance: Float64Array; // [classes, features]
}

/**
 * Moments of each class's samples, by weight, in two passes of float64; 0 for a class without samples. `index` is the class
 * of each sample.
 */
export function momentsOfClasses(
  { host, features: d }: HostMatrix,
  index: Uint32Array,
  weights: Float64Array,
  count: Float64Array,
): ClassMoments {
  const mean = new Float64Array(count.length * d);
  const variance = new Float64Array(mean.length);
  const each = (into: Float64Array, term: (value: number, at: number, c: number) => number) =>
    index.forEach((k, i) => {
      if (weights[i] === 0) return;
      const share = (weights[i] as number) / (count[k] as number);
      for (let c = 0; c < d; c++) {
        const at = k * d + c;
        into[at] = (into[at] as number) + share * term(host[i * d + c] as number, at, c);
      }
    });
  each(mean, (value, _, c) => value - (host[c] as number));
  mean.forEach((from, at) => {
    if (count[Math.floor(at / d)] !== 0) mean[at] = from + (host[at % d] as number);
  });
  each(variance, (value, at) => (value - (mean[at] as number)) ** 2);
  return { count, mean, variance };
}

/** Moments of two sets of samples together (Chan, Golub and LeVeque 1979). */
export function merged(a: ClassMoments, b: ClassMoments): ClassMoments {
  const d = a.mean.length / a.count.length;
  const count = a.count.map((n, k) => n + (b.count[k] as number));
  const shareOfB = (at: number) => {
    const k = Math.floor(at / d);
    return count[k] === 0 ? 0 : (b.count[k] as number) / (count[k] as number);
  };
  const apart = a.mean.map((mean, at) => (b.mean[at] as number) - mean);
  return {
    count,
    mean: a.mean.map((mean, at) => {
      const share = shareOfB(at);
      return share === 1 ? (b.mean[at] as number) : mean + share * (apart[at] as number);
    }),
    variance: a.variance.map((own, at) => {
      const share = shareOfB(at);
      const between = share * (1 - share) * (apart[at] as number) ** 2;
      return (1 - share) * own + share * (b.variance[at] as number) + between;
    }),
  };
}
