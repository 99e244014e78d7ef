// ℓ = d²/2 where |d| ≤ δ, else δ·(|d| − δ/2), with d = x − t and δ = a > 0 (Huber 1964)
fn loss(p: Point) -> f32 {
  let z = abs(p.x - p.t);
  return select(p.a * (z - 0.5 * p.a), 0.5 * z * z, z <= p.a);
}
fn slope(p: Point) -> vec3f {
  let d = p.x - p.t;
  let s = keep_nan(d, clamp(d, -p.a, p.a));
  return vec3f(s, -s, 0.0);
}
