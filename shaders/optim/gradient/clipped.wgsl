// The gradients times a coefficient: what brings their norm down to its maximum, or undoes a scale. A negative one says
// that they hold NaN or ∞ and that nothing is to be updated.
@group(0) @binding(4) var<storage, read> clip: array<f32>; // [1]

fn skipped() -> bool { return clip[0] < 0.0; }
fn gradient(i: u32) -> vec4f { return clip[0] * grads[i]; }
