// y = x · scale + shift
fn point(x: f32, scale: f32, shift: f32) -> f32 { return x * scale + shift; }
