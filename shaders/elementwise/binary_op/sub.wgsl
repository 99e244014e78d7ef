// op(a, b) = a − b
fn op(a: Element, b: Element) -> Result { return Result(a - b); }
fn op_da(a: f32, b: f32) -> f32 { return 1.0; }
fn op_db(a: f32, b: f32) -> f32 { return -1.0; }
