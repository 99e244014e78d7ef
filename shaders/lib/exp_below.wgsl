//! use lib/nan.wgsl
// exp(x) for x ≤ 0, also where WGSL leaves the result open: −∞ gives 0 (as every x below −104 does in f32), NaN gives NaN.
fn exp_below(x: f32) -> f32 { return keep_nan(x, exp(max(x, -110.0))); }
