// act(x) = min(max(x, low), high); act'(low) = act'(high) = 0 as in PyTorch. NaN stays NaN: both comparisons are false.
override HARDTANH_LOW: f32 = -1.0;
override HARDTANH_HIGH: f32 = 1.0;

fn act(x: f32) -> f32 {
  return select(select(x, HARDTANH_HIGH, x >= HARDTANH_HIGH), HARDTANH_LOW, x <= HARDTANH_LOW);
}
fn act_grad(x: f32) -> f32 {
  return select(1.0, 0.0, (x <= HARDTANH_LOW) | (x >= HARDTANH_HIGH));
}
