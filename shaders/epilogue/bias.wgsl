// One bias per output channel (convolution) or column (matmul). Binding 3 belongs to it, whoever uses it.
@group(0) @binding(3) var<storage, read> bias: array<f32>; // [channels]

fn per_channel(value: f32, channel: u32) -> f32 { return value + bias[channel]; }
