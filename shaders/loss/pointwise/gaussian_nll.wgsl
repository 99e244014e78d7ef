//! use lib/ln.wgsl
// ℓ = (ln s + (x − t)²/s)/2 + b with s = max(v, a), v the variance; the derivative by v is taken at s, as in PyTorch.
// The square alone would overflow where its share of s does not.
fn variance_of(p: Point) -> f32 { return keep_nan(p.v, max(p.v, p.a)); }
fn loss(p: Point) -> f32 {
  let s = variance_of(p);
  let d = p.x - p.t;
  return 0.5 * (ln(s) + d * (d / s)) + p.b;
}
fn slope(p: Point) -> vec3f {
  let s = variance_of(p);
  let pull = (p.x - p.t) / s;
  return vec3f(pull, -pull, 0.5 * (1.0 / s - pull * pull));
}
