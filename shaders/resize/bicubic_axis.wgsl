// Four cells around an output, from the one before the cell it lies behind on; those outside are the one at the edge.
// Needs resize/axes.wgsl.

// The cell an output lies behind, −1 before the first, and how far, in units. Positions begin above −unit.
fn behind(output: i32, axis: u32) -> vec2i {
  let units = output * params.step[axis] + params.shift[axis] + params.unit[axis];
  return vec2i(units / params.unit[axis] - 1, units % params.unit[axis]);
}

// What the four cells weigh at t behind the second, with a = −3/4 as in torch: R. G. Keys, Cubic convolution interpolation
// for digital image processing (1981).
fn weights(t: f32) -> vec4f {
  let far = vec2f(t + 1.0, 2.0 - t);
  let near = vec2f(t, 1.0 - t);
  let outer = -0.75 * (((far - 5.0) * far + 8.0) * far - 4.0);
  let inner = (1.25 * near - 2.25) * near * near + 1.0;
  return vec4f(outer.x, inner, outer.y);
}
