//! use sample/taps.wgsl
// The point of the input image under the centre of a cell (row, column) of the result.
fn source_of(matrix: mat3x3f, cell: vec2f) -> vec2f {
  let to = cell.yx + 0.5 - 0.5 * vec2f(params.result.yx);
  let source = matrix * vec3f(to, 1.0);
  if (source.z <= 0.0) { return vec2f(-FAR); } // a perspective maps it to behind the camera
  return source.xy / source.z + 0.5 * vec2f(params.image.yx) - 0.5;
}

// The value of a channel, whose cells begin at `start`: inside·part + (1 − part)·fill with the share `part` of
// the taps' weights that lies in the image, and `inside` the sum over these taps, as torchvision has it.
fn value_at(across: Taps, down: Taps, start: u32, fill: f32) -> f32 {
  var sum = 0.0;
  var part = 0.0;
  for (var a = 0; a < TAPS; a++) {
    let row = cell_at(down.first + a, params.image.x, params.edge);
    for (var b = 0; b < TAPS; b++) {
      let column = cell_at(across.first + b, params.image.y, params.edge);
      let factor = down.weights[a] * across.weights[b];
      if ((row < 0) | (column < 0) | (factor == 0.0)) { continue; }
      sum += factor * x[start + u32(row * params.image.y + column)];
      part += factor;
    }
  }
  if (part == 1.0) { return sum; }
  return sum * part + (1.0 - part) * fill;
}
