// No γ.
fn inside(value: f32, channel: u32) -> f32 { return value; }
fn outside(value: f32, channel: u32) -> f32 { return value; }
