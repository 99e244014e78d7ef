// ℓ = max(0, a − v·(x − t)): v = 1 wants x above t by the margin a, v = −1 below. The derivative at the kink is not 0.
fn loss(p: Point) -> f32 { return positive_part(p.a - p.v * (p.x - p.t)); }
fn slope(p: Point) -> vec3f {
  let s = p.v * not_negative(p.a - p.v * (p.x - p.t));
  return vec3f(-s, s, 0.0);
}
