// γ is one number for a whole row, so it leaves the row's means, and those are the sums of γ and β (batch norm).
@group(0) @binding(4) var<storage, read> gamma: array<f32>; // [C]

fn gain_of(channel: u32) -> vec2f { return vec2f(1.0, gamma[channel]); }
