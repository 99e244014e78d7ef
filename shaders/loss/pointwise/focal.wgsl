//! use lib/ln.wgsl
//! use lib/sigmoid.wgsl
//! use lib/softplus.wgsl
// ℓ = α′·qᵍ·ce,  ce = t·softplus(−x) + (1 − t)·softplus(x),  q = t·σ(−x) + (1 − t)·σ(x),  g = b,
// α′ = α·t + (1 − α)·(1 − t), or 1 where α = a is negative
// ∂ℓ/∂x = α′·qᵍ·(σ(x) − t + g·ce·(1 − 2t)·σ(x)·σ(−x)/q)
fn balance(p: Point) -> f32 {
  return select(1.0, p.a * p.t + (1.0 - p.a) * (1.0 - p.t), p.a >= 0.0);
}
fn error_of(p: Point) -> f32 { return p.t * sigmoid(-p.x) + (1.0 - p.t) * sigmoid(p.x); }
fn entropy(p: Point) -> f32 {
  return times(p.t, softplus(-p.x)) + times(1.0 - p.t, softplus(p.x));
}

fn loss(p: Point) -> f32 { return times(balance(p) * unit_power(error_of(p), p.b), entropy(p)); }
fn slope(p: Point) -> vec3f {
  let q = error_of(p);
  let share = select(sigmoid_grad(p.x) / q, 0.0, q == 0.0);
  let bounded = min(entropy(p), 1e4); // above it the derivative of the sigmoid is 0
  let inner = (1.0 - p.t) * sigmoid(p.x) - p.t * sigmoid(-p.x) + p.b * bounded * (1.0 - 2.0 * p.t) * share;
  return vec3f(balance(p) * unit_power(q, p.b) * inner, 0.0, 0.0);
}
