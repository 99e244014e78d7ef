//! use lib/nan.wgsl
// op(x) = 1 for NaN, else 0. op'(x) = 0
fn op(x: f32) -> f32 { return select(0.0, 1.0, is_nan(x)); }
fn op_grad(x: f32) -> f32 { return 0.0; }
