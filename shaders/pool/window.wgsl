// Windows over the last two axes: window (a, b) of a plane covers the cells (a·sh − ph + i·dh, b·sw − pw + j·dw) that
// lie in the image. (0 rows, 1 columns) in every vec2.
struct Params {
  image: vec2i,    // H, W
  windows: vec2i,  // outH, outW
  kernel: vec2i,   // kh, kw
  stride: vec2i,   // sh, sw
  padding: vec2i,  // ph, pw: above and to the left
  dilation: vec2i, // dh, dw
  border: vec2i,   // padding that the mean counts as cells: padding or 0,
  border_after: vec2i, // and the padding below and to the right, or 0
  divisor: i32,    // what the mean divides by; 0: the cells it counts
  count: u32,      // elements of the output
}

// (plane, row, column) of element i of planes of the given size.
fn place(i: u32, plane: vec2i) -> vec3i {
  let width = u32(plane.y);
  let row = i / width;
  return vec3i(vec3u(row / u32(plane.x), row % u32(plane.x), i % width));
}

// Cells a window counts along both axes when it starts there: those in the image and its border.
fn counted(start: vec2i) -> vec2i {
  return min(start + params.kernel, params.image + params.border_after) - max(start, -params.border);
}

// Divisor of the mean over a window that starts there.
fn divisor_of(start: vec2i) -> f32 {
  let cells = counted(start);
  return f32(select(params.divisor, cells.x * cells.y, params.divisor == 0));
}

// The first and the last window that reach a cell: a·s − p ≤ cell ≤ a·s − p + (k − 1)·d.
fn first_window(cell: vec2i) -> vec2i {
  let beyond = cell + params.padding - (params.kernel - 1) * params.dilation;
  return (max(beyond, vec2i(0)) + params.stride - 1) / params.stride;
}
fn last_window(cell: vec2i) -> vec2i {
  return min((cell + params.padding) / params.stride, params.windows - 1);
}
