//! use lib/nan.wgsl
// op(x) = 0 for NaN, ∞ and −∞, else 1. op'(x) = 0
fn op(x: f32) -> f32 { return select(1.0, 0.0, is_nan(x) | is_infinite(x)); }
fn op_grad(x: f32) -> f32 { return 0.0; }
