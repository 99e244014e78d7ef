// The four cells around an output: the one at or before it, one before that, two after; outside cells repeat the edge.
// Needs resize/axes.wgsl.

// The cell at or before an output, −1 before the first, and the distance from it in units. Positions begin above −unit.
fn behind(output: i32, axis: u32) -> vec2i {
  let units = output * params.step[axis] + params.shift[axis] + params.unit[axis];
  return vec2i(units / params.unit[axis] - 1, units % params.unit[axis]);
}

// Weights of the four cells at distance t after the second, a = −3/4 as in torch: R. G. Keys, Cubic convolution interpolation
// for digital image processing (1981).
fn weights(t: f32) -> vec4f {
  let far = vec2f(t + 1.0, 2.0 - t);
  let near = vec2f(t, 1.0 - t);
  let outer = -0.75 * (((far - 5.0) * far + 8.0) * far - 4.0);
  let inner = (1.25 * near - 2.25) * near * near + 1.0;
  return vec4f(outer.x, inner, outer.y);
}
