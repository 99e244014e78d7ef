// The coefficient that brings the norm of all gradients down to its maximum.
@group(0) @binding(2) var<storage, read> coefficient: array<f32>; // [1]

fn clipped(g: vec4f) -> vec4f { return coefficient[0] * g; }
