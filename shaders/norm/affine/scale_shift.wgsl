// γ and β, one each per channel (layer norm: per element of a row).
@group(0) @binding(3) var<storage, read> gamma: array<f32>; // [C]
@group(0) @binding(4) var<storage, read> beta: array<f32>;  // [C]

fn affine_of(channel: u32) -> vec2f { return vec2f(gamma[channel], beta[channel]); }
