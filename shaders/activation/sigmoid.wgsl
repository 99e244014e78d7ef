//! use lib/sigmoid.wgsl
// act(x) = σ(x) = 1 / (1 + e⁻ˣ)
fn act(x: f32) -> f32 { return sigmoid(x); }
fn act_grad(x: f32) -> f32 { return sigmoid_grad(x); }
