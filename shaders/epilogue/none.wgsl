// No bias: binding 3 stays empty.
fn per_channel(value: f32, channel: u32) -> f32 { return value; }
