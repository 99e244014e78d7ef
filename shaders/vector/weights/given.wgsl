// (keep, factor) as the host gives them
fn weights(keep: f32, factor: f32, at: u32) -> vec2f { return vec2f(keep, factor); }
