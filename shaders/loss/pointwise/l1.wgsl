// ℓ = |x − t|; the derivative where they are equal is 0
fn loss(p: Point) -> f32 { return abs(p.x - p.t); }
fn slope(p: Point) -> vec3f {
  let s = sign_of(p.x - p.t);
  return vec3f(s, -s, 0.0);
}
