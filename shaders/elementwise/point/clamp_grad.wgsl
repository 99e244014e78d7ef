//! use lib/nan.wgsl
// dx = dy where low ≤ x ≤ high, else 0, and 0 where x is NaN, as in PyTorch.
fn point(dy: f32, x: f32, low: f32, high: f32) -> f32 {
  return select(0.0, dy, (x >= low) & (x <= high) & !is_nan(x));
}
