// The bias that was to be added before the norm.
@group(0) @binding(5) var<storage, read> bias: array<f32>; // [C]

fn bias_at(channel: u32) -> f32 { return bias[channel]; }
