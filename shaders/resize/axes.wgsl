// Output i of an axis lies at (i·step + shift)/unit on the input's axis, at 0 where that is negative: whole numbers, so
// that no rounding moves a pixel. (0 rows, 1 columns) in every vec2.
struct Params {
  image: vec2i,  // H, W
  result: vec2i, // outH, outW
  step: vec2i,
  shift: vec2i,
  unit: vec2i,
  count: u32,    // elements of the output
}

// (plane, row, column) of element i of planes of the given size.
fn place(i: u32, plane: vec2i) -> vec3i {
  let width = u32(plane.y);
  let row = i / width;
  return vec3i(vec3u(row / u32(plane.x), row % u32(plane.x), i % width));
}

// Where an output lies, in units.
fn position(at: vec2i) -> vec2i { return max(at * params.step + params.shift, vec2i(0)); }

// The input cell at or before it.
fn cell_of(units: vec2i) -> vec2i { return min(units / params.unit, params.image - 1); }

// ⌈(cell·unit − shift)/step⌉, at least 0: the first output at or after a cell, but for those that `position` holds at
// 0, which matter to cell 0 only: its loops begin at cell −1, or there is no shift.
fn first_from(cell: vec2i) -> vec2i {
  return max((cell * params.unit - params.shift + params.step - 1) / params.step, vec2i(0));
}

// The last output whose `cell_of` is this one or an earlier one.
fn last_to(cell: vec2i) -> vec2i {
  let last = min(first_from(cell + 1) - 1, params.result - 1);
  return select(last, params.result - 1, cell >= params.image - 1);
}
