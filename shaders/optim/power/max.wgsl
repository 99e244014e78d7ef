//! use optim/greatest.wgsl
// ‖x‖∞ = max |x|
fn power(x: vec4f) -> vec4f { return abs(x); }
fn join(a: vec4f, b: vec4f) -> vec4f { return greatest(a, b); }
fn root(x: f32) -> f32 { return x; }
