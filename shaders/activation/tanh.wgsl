//! use lib/tanh.wgsl
// act(x) = tanh x
fn act(x: f32) -> f32 { return tanh_by_expm1(x); }

// act'(x) = 1 − tanh² x = 4n / (1 + n)² with n = e^−2|x|
fn act_grad(x: f32) -> f32 {
  let n = exp(-2.0 * min(abs(x), 44.0));
  return keep_nan(x, 4.0 * n / ((1.0 + n) * (1.0 + n)));
}
