//! use lib/softplus.wgsl
//! use lib/sigmoid.wgsl
// act(x) = log σ(x) = −log(1 + e⁻ˣ), act'(x) = σ(−x)
fn act(x: f32) -> f32 { return -softplus(-x); }
fn act_grad(x: f32) -> f32 { return sigmoid(-x); }
