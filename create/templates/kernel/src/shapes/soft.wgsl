//! use wgrad/lib/tanh.wgsl
// shape(t) = tanh(t)
fn shape(t: f32) -> f32 { return tanh_by_expm1(t); }
