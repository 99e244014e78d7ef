// Windows that share an axis of n cells among m windows: window a covers the cells ⌊a·n/m⌋ ≤ h < ⌈(a + 1)·n/m⌉, so that
// neighbours may overlap by one. (0 rows, 1 columns) in every vec2. n·m < 2³².
struct Params {
  image: vec2u,   // H, W
  windows: vec2u, // outH, outW
  count: u32,     // elements of the output
}

// (plane, row, column) of element i of planes of the given size.
fn place(i: u32, plane: vec2u) -> vec3u {
  let row = i / plane.y;
  return vec3u(row / plane.x, row % plane.x, i % plane.y);
}

fn start_of(window: vec2u) -> vec2u { return window * params.image / params.windows; }
fn end_of(window: vec2u) -> vec2u {
  return ((window + 1u) * params.image + params.windows - 1u) / params.windows;
}

// The first and the last window that hold a cell h: (a + 1)·n/m > h and a·n/m < h + 1.
fn first_window(cell: vec2u) -> vec2u { return cell * params.windows / params.image; }
fn last_window(cell: vec2u) -> vec2u {
  return ((cell + 1u) * params.windows + params.image - 1u) / params.image - 1u;
}
