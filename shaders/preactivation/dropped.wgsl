// z, what the activation is applied to, is not kept: binding 5 stays empty.
fn keep_z(value: f32, i: u32) -> f32 { return value; }
