// dst + src · scale
fn point(src: f32, dst: f32, scale: f32) -> f32 { return dst + src * scale; }
