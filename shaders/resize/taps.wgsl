// Resizing along one axis with a filter as wide as what an output covers: output i lies at (i·step + shift)/unit on the input's
// axis, and cells nearer than span/unit count. Whole numbers, so that no rounding moves a pixel.
struct Line { @align(16) step: i32, shift: i32, unit: i32, span: i32 }

// Where an output lies, in units.
fn centre(output: i32, line: Line) -> i32 { return output * line.step + line.shift; }

// First and last of the cells that may count for an output: division of what is below 0 goes towards 0.
fn cells_of(output: i32, cells: i32, line: Line) -> vec2i {
  let units = centre(output, line);
  return vec2i(max((units - line.span) / line.unit, 0), min((units + line.span) / line.unit, cells - 1));
}

// First and last of the outputs for which a cell may count.
fn outputs_of(cell: i32, outputs: i32, line: Line) -> vec2i {
  let units = cell * line.unit - line.shift;
  return vec2i(max((units - line.span) / line.step, 0), min((units + line.span) / line.step, outputs - 1));
}

fn distance_of(cell: i32, output: i32, line: Line) -> i32 {
  return abs(cell * line.unit - centre(output, line));
}
