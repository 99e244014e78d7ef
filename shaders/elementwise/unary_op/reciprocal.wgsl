// op(x) = 1 / x, op'(x) = −1 / x²
fn op(x: f32) -> f32 { return 1.0 / x; }
fn op_grad(x: f32) -> f32 { return -(1.0 / x) / x; }
