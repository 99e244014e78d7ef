// ‖x‖₂ = √Σ x²
fn power(x: vec4f) -> vec4f { return x * x; }
fn join(a: vec4f, b: vec4f) -> vec4f { return a + b; }
fn root(x: f32) -> f32 { return sqrt(x); }
