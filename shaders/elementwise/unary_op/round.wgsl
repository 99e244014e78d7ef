//! use lib/nan.wgsl
// op(x) = the nearest integer, ties to even. op'(x) = 0
fn op(x: f32) -> f32 { return keep_nan(x, round(x)); }
fn op_grad(x: f32) -> f32 { return 0.0; }
