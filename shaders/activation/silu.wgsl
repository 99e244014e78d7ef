//! use lib/sigmoid.wgsl
// act(x) = x · σ(x), act'(x) = σ(x) + x · σ'(x). x is clamped where the other factor is 0, since ∞ · 0 is NaN.
fn act(x: f32) -> f32 { return max(x, -88.0) * sigmoid(x); }
fn act_grad(x: f32) -> f32 { return sigmoid(x) + clamp(x, -88.0, 88.0) * sigmoid_grad(x); }
