// finish = a / total while a > b, and 0 from then on or where the curvature `total` is not positive: the iteration stops
fn finish(total: f32, a: f32, b: f32) -> f32 {
  let usable = (a > b) & (total > 1e-37);
  return select(0.0, a / select(1.0, total, usable), usable);
}
