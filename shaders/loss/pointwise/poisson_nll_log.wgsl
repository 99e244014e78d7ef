//! use loss/poisson.wgsl
// ℓ = eˣ − t·x + b·(ln t! by Stirling, for t > 1), x the logarithm of the rate
// At −∞ a count of 0 has loss 0; at ∞ the loss is ∞.
// the square of e^(x/2): some drivers clamp what they give to exp at 88
fn rate(x: f32) -> f32 {
  let root = exp(clamp(0.5 * x, -55.0, 44.5));
  return keep_nan(x, select(root * root, infinity(), x > 88.73));
}
fn loss(p: Point) -> f32 {
  return rate(p.x) - times(p.t, min(p.x, 1e4)) + p.b * stirling(p.t);
}
fn slope(p: Point) -> vec3f { return vec3f(rate(p.x) - p.t, 0.0, 0.0); }
