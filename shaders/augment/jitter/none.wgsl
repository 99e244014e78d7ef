// No jitter.
fn jittered_by(colour: vec4f, grey: f32, until_contrast: bool) -> vec4f { return colour; }
