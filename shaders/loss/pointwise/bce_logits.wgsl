//! use lib/sigmoid.wgsl
//! use lib/softplus.wgsl
// ℓ = v·t·softplus(−x) + (1 − t)·softplus(x), v the weight of positive targets: no difference of large numbers, and 0 for
// a target of 0 at −∞ and of 1 at ∞
fn loss(p: Point) -> f32 {
  return times(p.v * p.t, softplus(-p.x)) + times(1.0 - p.t, softplus(p.x));
}
fn slope(p: Point) -> vec3f {
  let dx = (1.0 - p.t) * sigmoid(p.x) - p.v * p.t * sigmoid(-p.x);
  return vec3f(dx, times(p.v, softplus(-p.x)) - softplus(p.x), times(p.t, softplus(-p.x)));
}
