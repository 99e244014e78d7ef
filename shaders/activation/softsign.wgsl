//! use lib/nan.wgsl
// act(x) = x / (1 + |x|), act'(x) = 1 / (1 + |x|)² (Turian, Bergstra, Bengio 2009); ∞ counts as 3e38, since ∞/∞ is NaN
fn act(x: f32) -> f32 {
  let c = clamp(x, -3e38, 3e38);
  return keep_nan(x, c / (1.0 + abs(c)));
}
fn act_grad(x: f32) -> f32 {
  let r = 1.0 / (1.0 + min(abs(x), 3e38));
  return keep_nan(x, r * r);
}
