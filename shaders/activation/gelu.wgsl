//! use lib/normal.wgsl
// act(x) = x · Φ(x), act'(x) = Φ(x) + x · φ(x) (Hendrycks, Gimpel 2016; the exact form, not the tanh one).
// x is clamped where the other factor is 0, since ∞ · 0 is NaN.
fn act(x: f32) -> f32 { return max(x, -13.0) * normal_cdf(x); }
fn act_grad(x: f32) -> f32 { return normal_cdf(x) + clamp(x, -13.0, 13.0) * normal_density(x); }
