// A weight, repeated: element i has weight[⌊i / step⌋ mod length]. Always at binding 4.
@group(0) @binding(4) var<storage, read> weight: array<f32>; // [w_length]

fn element_weight(i: u32) -> f32 { return weight[i / params.w_step % params.w_length]; }
