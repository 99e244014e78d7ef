//! use lib/nan.wgsl
//! use lib/expm1.wgsl
// act(x) = tanh x = sign(x) · m / (2 − m) with m = 1 − e^−2|x|. WGSL's own tanh may be off by 1e-5 and overflow.
fn act(x: f32) -> f32 {
  let m = -expm1(-2.0 * min(abs(x), 44.0));
  let t = m / (2.0 - m);
  return keep_nan(x, select(t, -t, x < 0.0));
}

// act'(x) = 1 − tanh² x = 4n / (1 + n)² with n = e^−2|x|
fn act_grad(x: f32) -> f32 {
  let n = exp(-2.0 * min(abs(x), 44.0));
  return keep_nan(x, 4.0 * n / ((1.0 + n) * (1.0 + n)));
}
