// slope(t) = 2t
fn slope(t: f32) -> f32 { return 2.0 * t; }
