//! use elementwise/unary_op/* as op
// y = op(x)
fn point(x: f32) -> f32 { return op(x); }
