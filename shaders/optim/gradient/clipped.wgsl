// The gradients times a coefficient that limits their norm or undoes a loss scale. Negative: the gradients hold NaN or ∞, and
// nothing is updated.
@group(0) @binding(4) var<storage, read> clip: array<f32>; // [1]

fn skipped() -> bool { return clip[0] < 0.0; }
fn gradient(i: u32) -> vec4f { return clip[0] * grads[i]; }
