//! use elementwise/unary_op/* as op
// dx = dy · op'(x)
fn point(dy: f32, x: f32) -> f32 { return dy * op_grad(x); }
