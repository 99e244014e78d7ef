// ℓ = x for t = 1, max(0, a − x) for t = −1; for any other t their sum, as in PyTorch
fn loss(p: Point) -> f32 {
  return select(p.x, 0.0, p.t == -1.0) + select(positive_part(p.a - p.x), 0.0, p.t == 1.0);
}
fn slope(p: Point) -> vec3f {
  let pushed = select(not_negative(p.a - p.x), 0.0, p.t == 1.0);
  return vec3f(select(1.0, 0.0, p.t == -1.0) - pushed, 0.0, 0.0);
}
