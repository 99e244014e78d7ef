//! use lib/nan.wgsl
// op(x) = x truncated towards 0. op'(x) = 0
fn op(x: f32) -> f32 { return keep_nan(x, trunc(x)); }
fn op_grad(x: f32) -> f32 { return 0.0; }
