//! use sample/taps.wgsl
// A point (gx, gy) of the grid lies at g·scale + shift on the axes of the image: −1 and 1 are its rim, or the centres of its
// corner cells. (x, y) in every vec2f.
struct Params {
  image: vec2i,  // H, W
  points: u32,   // outH · outW
  channels: u32,
  count: u32,    // invocations
  edge: f32,     // axis of the reflection: 0 at the centres of the outer cells, ½ at the rim
  scale: vec2f,
  shift: vec2f,
}

struct Place { across: Taps, down: Taps, unknown: bool }

fn place(g: vec2f) -> Place {
  let position = g * params.scale + params.shift;
  return Place(
    taps_at(position.x, params.image.y, params.edge),
    taps_at(position.y, params.image.x, params.edge),
    is_nan(g.x) | is_nan(g.y),
  );
}

// Row a of the taps' rows and column b of their columns as a cell of the image, −1 for none.
fn cell_of(at: Place, a: i32, b: i32) -> i32 {
  let row = cell_at(at.down.first + a, params.image.x, params.edge);
  let column = cell_at(at.across.first + b, params.image.y, params.edge);
  return select(-1, row * params.image.y + column, (row >= 0) & (column >= 0));
}
