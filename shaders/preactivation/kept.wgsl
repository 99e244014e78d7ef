//! inout z
// z is kept beside y = act(z), for the backward of activations whose derivative y does not tell.
@group(0) @binding(6) var<storage, read_write> z: array<f32>; // [outputs], as y

fn keep_z(value: f32, i: u32) -> f32 {
  z[i] = value;
  return value;
}
