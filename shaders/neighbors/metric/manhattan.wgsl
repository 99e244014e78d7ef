// Σ |x − t|
fn apart(x: vec4f, t: vec4f) -> f32 { return dot(abs(x - t), vec4f(1.0)); }
