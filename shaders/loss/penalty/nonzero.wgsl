//! use lib/nan.wgsl
// penalty = [|p| > λ₁]: counts, NaN included
fn penalty(p: f32, first: f32, second: f32) -> f32 {
  return select(1.0, 0.0, (abs(p) <= first) & !is_nan(p));
}
