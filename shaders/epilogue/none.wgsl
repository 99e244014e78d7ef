// No bias: binding 3 stays empty.
fn add_bias(value: f32, channel: u32) -> f32 { return value; }
