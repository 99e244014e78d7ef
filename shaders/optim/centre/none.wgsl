// The second moment about 0.
fn centred(i: u32, square: vec4f, g: vec4f, decay: vec4f) -> vec4f { return square; }
