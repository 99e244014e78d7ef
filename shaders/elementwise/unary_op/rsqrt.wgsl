//! use lib/nan.wgsl
// op(x) = 1 / √x, ∞ at 0, NaN for x < 0. op'(x) = −1 / (2x√x)
fn op(x: f32) -> f32 {
  let real = select(keep_nan(x, 1.0 / sqrt(abs(x))), infinity(), x == 0.0);
  return select(real, quiet_nan(), x < 0.0);
}
fn op_grad(x: f32) -> f32 { return -0.5 * op(x) / x; }
