// The gradients times the coefficient that brings their norm down to its maximum.
@group(0) @binding(4) var<storage, read> clip: array<f32>; // [1]

fn gradient(i: u32) -> vec4f { return clip[0] * grads[i]; }
