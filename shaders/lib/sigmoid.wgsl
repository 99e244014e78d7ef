//! use lib/nan.wgsl
// σ(x) = 1 / (1 + e⁻ˣ), from e^−|x| so that nothing overflows; small values keep their relative accuracy.
fn sigmoid(x: f32) -> f32 {
  let n = exp(-min(abs(x), 88.0));
  return keep_nan(x, select(n, 1.0, x >= 0.0) / (1.0 + n));
}

// σ'(x) = σ(x) · σ(−x)
fn sigmoid_grad(x: f32) -> f32 {
  let n = exp(-min(abs(x), 88.0));
  return keep_nan(x, n / ((1.0 + n) * (1.0 + n)));
}
