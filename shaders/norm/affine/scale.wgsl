// γ without β.
@group(0) @binding(3) var<storage, read> gamma: array<f32>; // [C]

fn affine(value: f32, channel: u32) -> f32 { return value * gamma[channel]; }
