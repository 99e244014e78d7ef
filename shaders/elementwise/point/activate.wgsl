//! use activation/* as act
// y = act(x)
fn point(x: f32) -> f32 { return act(x); }
