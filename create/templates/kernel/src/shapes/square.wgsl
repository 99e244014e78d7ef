// shape(t) = t²
fn shape(t: f32) -> f32 { return t * t; }
