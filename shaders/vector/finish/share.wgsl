// finish = total / a, or 0 where a is not positive
fn finish(total: f32, a: f32, b: f32) -> f32 {
  let usable = a > 1e-37;
  return select(0.0, total / select(1.0, a, usable), usable);
}
