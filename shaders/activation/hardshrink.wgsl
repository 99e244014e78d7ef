// act(x) = x for |x| > λ, 0 between; act'(±λ) = 0 as in PyTorch. NaN stays NaN: the comparison is false.
override HARDSHRINK_LAMBD: f32 = 0.5;

fn act(x: f32) -> f32 { return select(x, 0.0, abs(x) <= HARDSHRINK_LAMBD); }
fn act_grad(x: f32) -> f32 { return select(1.0, 0.0, abs(x) <= HARDSHRINK_LAMBD); }
