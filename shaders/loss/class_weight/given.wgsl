// A weight for every class. Binding 3 belongs to it, whoever uses it.
@group(0) @binding(3) var<storage, read> weight: array<f32>; // [classes]

fn class_weight(k: u32) -> f32 { return weight[k]; }
