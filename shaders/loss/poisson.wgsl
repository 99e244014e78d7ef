//! use lib/ln.wgsl
// Stirling's formula, ln t! ≈ t·ln t − t + ln(2πt)/2 for t > 1; 0 for other t
fn stirling(t: f32) -> f32 {
  let s = max(t, 1.0);
  return keep_nan(t, select(0.0, s * ln(s) - s + 0.5 * ln(6.283185307 * s), t > 1.0));
}
