// op(x) = x²
fn op(x: f32) -> f32 { return x * x; }
fn op_grad(x: f32) -> f32 { return 2.0 * x; }
