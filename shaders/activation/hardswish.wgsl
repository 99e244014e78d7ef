// act(x) = x · min(max(x + 3, 0), 6) / 6 (Howard et al. 2019), with |x| > 3 as cases of their own, since ∞ · 0 is NaN;
// act'(−3) = 0 and act'(3) = 1 as in PyTorch. NaN stays NaN: both comparisons are false.
fn act(x: f32) -> f32 {
  return select(select(x * (x + 3.0) / 6.0, x, x >= 3.0), 0.0, x <= -3.0);
}
fn act_grad(x: f32) -> f32 {
  return select(select(x / 3.0 + 0.5, 1.0, x >= 3.0), 0.0, x <= -3.0);
}
