//! use lib/nan.wgsl
// exp(x) for x ≤ 0 with what WGSL leaves open decided: −∞ gives 0 (as does everything below −104 in f32), NaN gives NaN.
fn exp_below(x: f32) -> f32 { return keep_nan(x, exp(max(x, -110.0))); }
