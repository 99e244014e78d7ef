//! use lib/nan.wgsl
//! use lib/expm1.wgsl
// op(x) = eˣ − 1 without cancellation near 0
fn op(x: f32) -> f32 { return keep_nan(x, select(expm1(x), exp(x), x > 20.0)); }
fn op_grad(x: f32) -> f32 { return keep_nan(x, exp(x)); }
