//! use lib/nan.wgsl
// op(x) = |x|, op'(0) = 0
fn op(x: f32) -> f32 { return abs(x); }
fn op_grad(x: f32) -> f32 { return keep_nan(x, sign(x)); }
