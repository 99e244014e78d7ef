//! use lib/trig.wgsl
// op(x) = sin x
fn op(x: f32) -> f32 { return sin_turned(x, 0); }
fn op_grad(x: f32) -> f32 { return sin_turned(x, 1); }
