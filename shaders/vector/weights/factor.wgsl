// (keep, factor · scalars[at])
@group(0) @binding(2) var<storage, read> scalars: array<f32>; // [slots]

fn weights(keep: f32, factor: f32, at: u32) -> vec2f { return vec2f(keep, factor * scalars[at]); }
