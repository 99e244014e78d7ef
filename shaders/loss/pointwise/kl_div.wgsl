//! use lib/ln.wgsl
// ℓ = t·(ln t − x) for x the logarithm of a probability and t ≥ 0 a probability; 0 · ln 0 = 0, and 0 · −∞ = 0
fn loss(p: Point) -> f32 { return select(p.t * ln(p.t), 0.0, p.t == 0.0) - times(p.t, p.x); }
fn slope(p: Point) -> vec3f {
  return vec3f(-p.t, select(ln(p.t) + 1.0 - p.x, 0.0, p.t == 0.0), 0.0);
}
