//! use lib/nan.wgsl
//! use lib/times.wgsl
// Operands of a loss of elements ℓ(x, t; v, a, b). Each file of loss/pointwise has `loss`, ℓ itself, and `slope`,
// (∂ℓ/∂x, ∂ℓ/∂t, ∂ℓ/∂v), with 0 for operands without a gradient.
struct Point {
  x: f32, // input
  t: f32, // target
  v: f32, // a third operand, or 1
  a: f32, // numbers of the loss: a margin, a threshold, …
  b: f32,
}

// −1, 0 or 1; NaN for NaN
fn sign_of(x: f32) -> f32 { return keep_nan(x, sign(x)); }

// max(x, 0), NaN for NaN
fn positive_part(x: f32) -> f32 { return select(x, 0.0, x <= 0.0); }

// 1 for x ≥ 0, else 0; NaN for NaN
fn not_negative(x: f32) -> f32 { return keep_nan(x, select(0.0, 1.0, x >= 0.0)); }
