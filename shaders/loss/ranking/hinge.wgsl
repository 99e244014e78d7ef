//! use lib/nan.wgsl
// rank(z) = max(0, m + z), at the kink with the derivative of the slope
fn rank(z: f32, m: f32) -> f32 { return select(m + z, 0.0, m + z <= 0.0); }
fn rank_grad(z: f32, m: f32) -> f32 { return keep_nan(z, select(0.0, 1.0, m + z >= 0.0)); }
