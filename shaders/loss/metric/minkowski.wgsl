//! use lib/nan.wgsl
//! use lib/unit.wgsl
// d(u) = (Σ |u|ᵖ)^(1/p),  ∂d/∂u = sign u · (|u|/d)ᵖ⁻¹, and 0 where u is 0
fn power(x: f32, p: f32) -> f32 { return keep_nan(x, select(exp2(p * log2(x)), 0.0, x == 0.0)); }
// the largest difference itself: the power of anything above 1 may overflow
fn unit_of(largest: f32) -> f32 {
  return select(unit_near(largest), largest, (largest > 0.0) & !is_infinite(largest));
}
fn term(u: f32, p: f32) -> f32 { return power(abs(u), p); }
fn distance_of(sum: f32, p: f32) -> f32 { return power(sum, 1.0 / p); }
fn pull(u: f32, d: f32, p: f32) -> f32 {
  return select(keep_nan(u, sign(u)) * power(abs(u) / d, p - 1.0), 0.0, u == 0.0);
}
