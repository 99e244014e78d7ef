// z, what the activation is applied to, is not kept: bindings 4 and 6 stay empty.
fn keep_z(value: f32, i: u32) -> f32 { return value; }
