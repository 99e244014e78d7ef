// ℓ = max(0, 1 − t·x) for t = ±1; the derivative at the kink is 0
fn loss(p: Point) -> f32 { return positive_part(1.0 - p.t * p.x); }
fn slope(p: Point) -> vec3f {
  let z = 1.0 - p.t * p.x;
  return vec3f(-p.t * keep_nan(z, select(0.0, 1.0, z > 0.0)), 0.0, 0.0);
}
