// finish = a / total where both are positive and total not too small to divide by, else b
fn finish(total: f32, a: f32, b: f32) -> f32 {
  let usable = (a > 0.0) & (total > 1e-37);
  return select(b, a / select(1.0, total, usable), usable);
}
