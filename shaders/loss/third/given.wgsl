// A third operand, repeated: element i has v[⌊i / step⌋ mod length]. Always at binding 3.
@group(0) @binding(3) var<storage, read> v: array<f32>; // [v_length]

fn third(i: u32) -> f32 { return v[i / params.v_step % params.v_length]; }
