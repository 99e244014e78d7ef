// exp(x) − 1 without cancellation near 0: the Taylor series to x⁸ where |x| < 1/2 (truncated at 1e-8 relative).
// For |x| ≤ 88; beyond, the result of −88 or 88.
fn expm1(x: f32) -> f32 {
  let c = clamp(x, -88.0, 88.0);
  let tail = 1.0 + c / 5.0 * (1.0 + c / 6.0 * (1.0 + c / 7.0 * (1.0 + c / 8.0)));
  let series = c * (1.0 + c / 2.0 * (1.0 + c / 3.0 * (1.0 + c / 4.0 * tail)));
  return select(exp(c) - 1.0, series, abs(c) < 0.5);
}
