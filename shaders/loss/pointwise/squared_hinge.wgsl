// ℓ = max(0, 1 − t·x)² for t = ±1
fn loss(p: Point) -> f32 {
  let z = positive_part(1.0 - p.t * p.x);
  return z * z;
}
fn slope(p: Point) -> vec3f { return vec3f(-2.0 * p.t * positive_part(1.0 - p.t * p.x), 0.0, 0.0); }
