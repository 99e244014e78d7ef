// act(x) = x for x > 0, slope·x otherwise; act'(0) = slope as in PyTorch
override LEAKY_SLOPE: f32 = 0.01;

fn act(x: f32) -> f32 { return select(LEAKY_SLOPE * x, x, x > 0.0); }
fn act_grad(x: f32) -> f32 { return select(LEAKY_SLOPE, 1.0, x > 0.0); }
