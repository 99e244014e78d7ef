// ℓ = (x − t)²
fn loss(p: Point) -> f32 { return (p.x - p.t) * (p.x - p.t); }
fn slope(p: Point) -> vec3f {
  let s = 2.0 * (p.x - p.t);
  return vec3f(s, -s, 0.0);
}
