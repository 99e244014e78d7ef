// Resizing along one axis with a filter as wide as what an output covers. `line` is (step, shift, unit, span): output i lies
// at (i·step + shift)/unit on the input's axis, and cells nearer than span/unit count. Whole numbers, so that no rounding
// moves a pixel.

// Where an output lies, in units.
fn centre(output: i32, line: vec4i) -> i32 { return output * line.x + line.y; }

// First and last of the cells that may count for an output: division of what is below 0 goes towards 0.
fn cells_of(output: i32, cells: i32, line: vec4i) -> vec2i {
  let units = centre(output, line);
  return vec2i(max((units - line.w) / line.z, 0), min((units + line.w) / line.z, cells - 1));
}

// First and last of the outputs for which a cell may count.
fn outputs_of(cell: i32, outputs: i32, line: vec4i) -> vec2i {
  let units = cell * line.z - line.y;
  return vec2i(max((units - line.w) / line.x, 0), min((units + line.w) / line.x, outputs - 1));
}

fn distance_of(cell: i32, output: i32, line: vec4i) -> i32 {
  return abs(cell * line.z - centre(output, line));
}
