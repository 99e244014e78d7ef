//! use elementwise/binary_op/* as op
// dc · ∂op/∂a, or ∂op/∂b where OF_B is set
override OF_B: bool = false;

fn point(dc: f32, a: f32, b: f32) -> f32 { return dc * select(op_da(a, b), op_db(a, b), OF_B); }
