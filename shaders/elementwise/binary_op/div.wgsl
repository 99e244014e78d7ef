// op(a, b) = a / b; ∂b = −a/b², divided twice so that b² cannot overflow
fn op(a: Element, b: Element) -> Result { return Result(a) / Result(b); }
fn op_da(a: f32, b: f32) -> f32 { return 1.0 / b; }
fn op_db(a: f32, b: f32) -> f32 { return -(a / b) / b; }
