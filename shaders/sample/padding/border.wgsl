// Outside of the image lie copies of the cell at its edge. `bounded` gives the position, and its derivative.
fn bounded(position: f32, cells: i32, edge: f32) -> vec2f {
  let last = f32(cells - 1);
  let inside = (position > 0.0) & (position < last);
  return vec2f(clamp(position, 0.0, last), select(0.0, 1.0, inside));
}

fn cell_at(i: i32, cells: i32, edge: f32) -> i32 { return clamp(i, 0, cells - 1); }
