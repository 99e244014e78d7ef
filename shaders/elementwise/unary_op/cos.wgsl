//! use lib/trig.wgsl
// op(x) = cos x = sin(x + π/2)
fn op(x: f32) -> f32 { return sin_turned(x, 1); }
fn op_grad(x: f32) -> f32 { return sin_turned(x, 2); }
