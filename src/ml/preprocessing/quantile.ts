/** The quantile of sorted numbers at a fraction in [0, 1], with linear interpolation between neighbours (NumPy's "linear"). */
export function quantileOf(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const lower = sorted[Math.floor(place)] as number;
  const upper = sorted[Math.ceil(place)] as number;
  return lower + (upper - lower) * (place - Math.floor(place));
}

/**
 * The number at which the standard normal distribution function equals p in (0, 1): Newton's method on the series of
 * Marsaglia (2004).
 */
export function normalQuantile(p: number): number {
  let z = 0;
  for (let round = 0; round < 50; round++) {
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    let [term, sum] = [z, z];
    for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    const step = (0.5 + density * sum - p) / density;
    // in the tails the density is small: steps of at most 1 reach the solution without overshooting
    z -= Math.max(-1, Math.min(1, step));
    if (Math.abs(step) < 1e-15) break;
  }
  return z;
}
