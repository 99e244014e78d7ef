// op(a, b) = max(a, b), NaN if either is; a tie shares the gradient evenly, as in PyTorch
fn op(a: Element, b: Element) -> Result { return Result(pass_nan(a, pass_nan(b, max(a, b)))); }
fn op_da(a: f32, b: f32) -> f32 { return select(select(1.0, 0.5, a == b), 0.0, a < b); }
fn op_db(a: f32, b: f32) -> f32 { return select(select(1.0, 0.5, a == b), 0.0, b < a); }
