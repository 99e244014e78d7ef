// finish = 1 / total where the curvature is positive: total > 0 and large enough for 1 / total to be finite; else 0
fn finish(total: f32, a: f32, b: f32) -> f32 {
  let usable = total > 1e-37;
  return select(0.0, 1.0 / select(1.0, total, usable), usable);
}
