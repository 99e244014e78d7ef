//! use lib/ln.wgsl
// ℓ = −t·max(ln x, −100) − (1 − t)·max(ln(1 − x), −100) for x in [0, 1], else NaN
// ∂ℓ/∂x = (x − t) / max(x·(1 − x), 10⁻¹²)
fn bounded_ln(x: f32) -> f32 { return max(ln(max(x, 0.0)), -100.0); }

fn if_probability(x: f32, y: f32) -> f32 { return select(quiet_nan(), y, (x >= 0.0) & (x <= 1.0)); }

// ln(1 − x), from x itself so that a small one is not rounded away
fn ln_of_rest(x: f32) -> f32 {
  let small = -log1p_unit(clamp(x / (1.0 - x), 0.0, 1.0));
  return select(bounded_ln(1.0 - x), small, x < 0.5);
}
fn loss(p: Point) -> f32 {
  return if_probability(p.x, -p.t * bounded_ln(p.x) - (1.0 - p.t) * ln_of_rest(p.x));
}
fn slope(p: Point) -> vec3f {
  let dx = (p.x - p.t) / max(p.x * (1.0 - p.x), 1e-12);
  let dt = ln_of_rest(p.x) - bounded_ln(p.x);
  return vec3f(if_probability(p.x, dx), if_probability(p.x, dt), 0.0);
}
