// γ varies within a row, so it belongs inside the row's means (group, instance and layer norm).
@group(0) @binding(4) var<storage, read> gamma: array<f32>; // [C]

fn gain_of(channel: u32) -> vec2f { return vec2f(gamma[channel], 1.0); }
