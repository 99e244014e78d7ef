// op(a, b) = 1 where a ≥ b, else 0, and 0 where either is NaN. Its gradient is 0.
fn op(a: Element, b: Element) -> Result { return Result((a >= b) & has_order(a) & has_order(b)); }
fn op_da(a: f32, b: f32) -> f32 { return 0.0; }
fn op_db(a: f32, b: f32) -> f32 { return 0.0; }
