/**
 * Φ(x), the standard normal distribution, in float64: the series ½ + φ(x)·Σ x²ᵏ⁺¹ / (1·3·5···(2k+1)) (Marsaglia,
 * "Evaluating the Normal Distribution", 2004) for small |x| and Laplace's continued fraction in the tails.
 */
export function normalCdf(x: number): number {
  if (x > 4) return 1 - normalCdf(-x);
  if (x < -4) return normalDensity(x) / continuedFraction(-x);
  let term = x;
  let sum = x;
  for (let k = 1; k < 100; k++) {
    term *= (x * x) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + normalDensity(x) * sum;
}

/** φ(x) = e^(−x²/2) / √(2π). */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/** x + 1/(x + 2/(x + 3/(x + …))) = φ(x) / (1 − Φ(x)). */
function continuedFraction(x: number): number {
  let value = x;
  for (let k = 100; k > 0; k--) value = x + k / value;
  return value;
}
