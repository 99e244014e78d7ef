//! use lib/normal.wgsl
// op(x) = 2/√π ∫₀ˣ e^(−t²) dt = ±(1 − 2Φ(−√2|x|)); where |x| < ½ the series, 2/√π Σ (−1)ⁿ x²ⁿ⁺¹ / (n!(2n + 1)), to x¹³
// (truncated at 1e-9 relative). op'(x) = 2/√π e^(−x²)
fn op(x: f32) -> f32 {
  let q = x * x;
  let tail = 1.0 / 24.0 * q * q * (1.0 / 9.0 - q * (1.0 / 55.0 - q / 390.0));
  let series = 1.1283791671 * x * (1.0 - q * (1.0 / 3.0 - q * (1.0 / 10.0 - q / 42.0)) + q * q * tail);
  let a = min(1.4142135624 * abs(x), 13.0);
  return keep_nan(x, select(sign(x) * (1.0 - 2.0 * normal_tail(a)), series, abs(x) < 0.5));
}
fn op_grad(x: f32) -> f32 {
  let c = min(abs(x), 10.0);
  return keep_nan(x, 1.1283791671 * exp(-c * c));
}
