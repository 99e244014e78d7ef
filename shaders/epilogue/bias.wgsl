// One bias per output channel (convolution) or column (matmul). Always at binding 3.
@group(0) @binding(3) var<storage, read> bias: array<f32>; // [channels]

fn per_channel(value: f32, channel: u32) -> f32 { return value + bias[channel]; }
