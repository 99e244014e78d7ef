//! use lib/nan.wgsl
// y = min(max(x, low), high); NaN stays NaN. Where low > high, y = high.
fn point(x: f32, low: f32, high: f32) -> f32 { return keep_nan(x, min(max(x, low), high)); }
