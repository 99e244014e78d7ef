//! use elementwise/binary_op/* as op
// c = op(a, b)
fn point(a: f32, b: f32) -> f32 { return op(a, b); }
