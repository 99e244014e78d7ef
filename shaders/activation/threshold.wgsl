// act(x) = x for x > threshold, value otherwise; act'(threshold) = 0 as in PyTorch.
// NaN stays NaN: the comparison that replaces it is false.
override THRESHOLD: f32 = 0.0;
override THRESHOLD_VALUE: f32 = 0.0;

fn act(x: f32) -> f32 { return select(x, THRESHOLD_VALUE, x <= THRESHOLD); }
fn act_grad(x: f32) -> f32 { return select(1.0, 0.0, x <= THRESHOLD); }
