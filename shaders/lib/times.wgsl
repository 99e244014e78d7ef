//! use lib/nan.wgsl
// a·y with 0·±∞ = 0. NaN stays NaN.
fn times(a: f32, y: f32) -> f32 { return select(a * y, 0.0, (a == 0.0) & is_infinite(y)); }
