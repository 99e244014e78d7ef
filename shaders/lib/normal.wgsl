//! use lib/nan.wgsl
// The standard normal distribution Φ and its density φ.
// Upper tail for a ≥ 0: 1 − Φ(a) = e^(−a²/2) · t·P(t), t = 1 / (1 + 0.34·a). P has degree 8; it was fitted for
// a ≤ 13.3 by iteratively reweighted least squares to the smallest greatest relative error, 2.5e-8 (3.5e-7 in f32).
fn normal_tail(a: f32) -> f32 {
  let t = 1.0 / (1.0 + 0.34 * a);
  let high = 0.20577723 + t * (-0.27641374 + t * (0.14114989 - t * 0.026471846));
  let low = 0.11496756 + t * (0.1163141 + t * (-0.047084413 + t * high));
  return exp(-0.5 * a * a) * t * (0.13561885 + t * (0.13614237 + t * low));
}

// Φ(x) = (1 + erf(x/√2)) / 2, accurate to a few units in the last place in both tails
fn normal_cdf(x: f32) -> f32 {
  let tail = normal_tail(min(abs(x), 13.0));
  return keep_nan(x, select(1.0 - tail, tail, x < 0.0));
}

// φ(x) = e^(−x²/2) / √(2π)
fn normal_density(x: f32) -> f32 {
  let c = clamp(x, -13.0, 13.0);
  return keep_nan(x, 0.3989422804 * exp(-0.5 * c * c));
}
