// A weight for every class. Always at binding 3.
@group(0) @binding(3) var<storage, read> weight: array<f32>; // [classes]

fn class_weight(k: u32) -> f32 { return weight[k]; }
