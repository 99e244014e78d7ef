//! use lib/sigmoid.wgsl
//! use lib/softplus.wgsl
// rank(z) = ln(1 + eᶻ)
fn rank(z: f32, m: f32) -> f32 { return softplus(z); }
fn rank_grad(z: f32, m: f32) -> f32 { return sigmoid(z); }
