// act(x) = max(x, 0); act'(0) = 0 as in PyTorch. NaN stays NaN: select keeps x where the comparison is false.
fn act(x: f32) -> f32 { return select(x, 0.0, x <= 0.0); }
fn act_grad(x: f32) -> f32 { return select(1.0, 0.0, x <= 0.0); }
