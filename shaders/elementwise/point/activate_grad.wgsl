//! use activation/* as act
// dx = dy · act'(x)
fn point(dy: f32, x: f32) -> f32 { return dy * act_grad(x); }
