//! use lib/nan.wgsl
// op(a, b) = min(a, b), from +∞
// NaN if either is NaN, as PyTorch's amin
fn identity() -> f32 { return infinity(); }
fn combine(a: f32, b: f32) -> f32 { return keep_nan(a, keep_nan(b, min(a, b))); }
