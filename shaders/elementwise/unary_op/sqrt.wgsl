//! use lib/nan.wgsl
// op(x) = √x, NaN for x < 0
fn op(x: f32) -> f32 { return select(keep_nan(x, sqrt(abs(x))), quiet_nan(), x < 0.0); }
fn op_grad(x: f32) -> f32 { return 0.5 / op(x); }
