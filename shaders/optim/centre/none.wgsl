// The second moment about 0.
fn centred(i: u32, square: vec4f, g: vec4f, alpha: f32, rest: f32) -> vec4f { return square; }
