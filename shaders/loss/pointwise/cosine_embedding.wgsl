// ℓ = 1 − x for t = 1, max(0, x − a) for t = −1, else 0, where x is the cosine of two vectors
fn loss(p: Point) -> f32 {
  return select(select(0.0, positive_part(p.x - p.a), p.t == -1.0), 1.0 - p.x, p.t == 1.0);
}
fn slope(p: Point) -> vec3f {
  return vec3f(select(select(0.0, not_negative(p.x - p.a), p.t == -1.0), -1.0, p.t == 1.0), 0.0, 0.0);
}
