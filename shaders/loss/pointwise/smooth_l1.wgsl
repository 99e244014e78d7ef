// ℓ = d²/2β where |d| < β, else |d| − β/2, with d = x − t and β = a ≥ 0
fn loss(p: Point) -> f32 {
  let z = abs(p.x - p.t);
  return select(z - 0.5 * p.a, 0.5 * z * (z / p.a), z < p.a);
}
fn slope(p: Point) -> vec3f {
  let d = p.x - p.t;
  let s = select(sign_of(d), d / p.a, abs(d) < p.a);
  return vec3f(s, -s, 0.0);
}
