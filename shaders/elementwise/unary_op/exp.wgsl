//! use lib/nan.wgsl
// op(x) = eˣ
fn op(x: f32) -> f32 { return keep_nan(x, exp(x)); }
fn op_grad(x: f32) -> f32 { return op(x); }
