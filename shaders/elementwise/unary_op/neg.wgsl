// op(x) = −x
fn op(x: f32) -> f32 { return -x; }
fn op_grad(x: f32) -> f32 { return -1.0; }
