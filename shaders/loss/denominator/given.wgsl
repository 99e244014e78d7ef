//! use lib/nan.wgsl
// A mean over weights that only the GPU knows. A mean over nothing is NaN. Always at binding 4.
@group(0) @binding(4) var<storage, read> denominator: array<f32>; // [1]

fn divisor() -> f32 { return select(denominator[0], quiet_nan(), denominator[0] == 0.0); }
