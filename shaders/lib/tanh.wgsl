//! use lib/nan.wgsl
//! use lib/expm1.wgsl
// tanh x = sign(x) · m / (2 − m) with m = 1 − e^−2|x|. WGSL's own tanh may be off by 1e-5 and overflow.
fn tanh_by_expm1(x: f32) -> f32 {
  let m = -expm1(-2.0 * min(abs(x), 44.0));
  let t = m / (2.0 - m);
  return keep_nan(x, select(t, -t, x < 0.0));
}
