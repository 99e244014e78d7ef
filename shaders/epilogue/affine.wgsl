// Scale and shift of each output channel: batch norm by running statistics. Always at binding 3.
@group(0) @binding(3) var<storage, read> affine: array<vec2f>; // [channels]: (scale, shift)

fn per_channel(value: f32, channel: u32) -> f32 {
  let line = affine[channel];
  return fma(value, line.x, line.y);
}
