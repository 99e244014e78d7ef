// act(x) = min(max(x, 0), 6); act'(0) = act'(6) = 0 as in PyTorch. NaN stays NaN: both comparisons are false.
fn act(x: f32) -> f32 { return select(select(x, 6.0, x >= 6.0), 0.0, x <= 0.0); }
fn act_grad(x: f32) -> f32 { return select(1.0, 0.0, (x <= 0.0) | (x >= 6.0)); }
