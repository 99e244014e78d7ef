//! use wgrad/lib/tanh.wgsl
// slope(t) = 1 − tanh²(t)
fn slope(t: f32) -> f32 {
  let s = tanh_by_expm1(t);
  return 1.0 - s * s;
}
