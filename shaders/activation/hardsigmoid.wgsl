// act(x) = min(max(x + 3, 0), 6) / 6; act'(−3) = act'(3) = 0 as in PyTorch, and act'(NaN) = 0. NaN stays NaN: both
// comparisons are false.
fn act(x: f32) -> f32 {
  return select(select((x + 3.0) / 6.0, 1.0, x >= 3.0), 0.0, x <= -3.0);
}
fn act_grad(x: f32) -> f32 { return select(0.0, 1.0 / 6.0, (x > -3.0) & (x < 3.0)); }
