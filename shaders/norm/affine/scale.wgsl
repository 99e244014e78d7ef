// γ without β.
@group(0) @binding(3) var<storage, read> gamma: array<f32>; // [C]

fn affine_of(channel: u32) -> vec2f { return vec2f(gamma[channel], 0.0); }
