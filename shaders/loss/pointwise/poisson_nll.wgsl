//! use loss/poisson.wgsl
// ℓ = x − t·ln(x + a) + b·(ln t! by Stirling, for t > 1), x the rate; a count of 0 at a rate of 0 has loss 0
fn loss(p: Point) -> f32 { return p.x - times(p.t, ln(p.x + p.a)) + p.b * stirling(p.t); }
fn slope(p: Point) -> vec3f {
  let rate = p.x + p.a;
  return vec3f(1.0 - select(p.t / rate, 0.0, (p.t == 0.0) & (rate == 0.0)), 0.0, 0.0);
}
