//! use lib/nan.wgsl
// op(x) = ln x, −∞ at 0 (some drivers have −88 there), NaN for x < 0
fn op(x: f32) -> f32 {
  let real = select(keep_nan(x, log(abs(x))), -infinity(), x == 0.0);
  return select(real, quiet_nan(), x < 0.0);
}
fn op_grad(x: f32) -> f32 { return 1.0 / x; }
