//! use lib/nan.wgsl
// ℓ = eᵗ·(t − x) for x and t logarithms of probabilities; t below −104, where eᵗ is 0 in f32, gives 0
fn probability(t: f32) -> f32 { return keep_nan(t, exp(clamp(t, -110.0, 88.0))); }
fn loss(p: Point) -> f32 {
  let q = probability(p.t);
  return keep_nan(p.x, select(q * (p.t - p.x), 0.0, q == 0.0));
}
fn slope(p: Point) -> vec3f {
  let q = probability(p.t);
  return vec3f(-q, keep_nan(p.x, select(q * (p.t - p.x + 1.0), 0.0, q == 0.0)), 0.0);
}
