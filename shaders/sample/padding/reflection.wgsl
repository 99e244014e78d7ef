// Outside of the image lies its reflection at −edge and at cells − 1 + edge, over and over: edge is 0 for reflection at the
// cells' centres and ½ for reflection at the image's rim. `bounded` gives the position, and its derivative.
fn bounded(position: f32, cells: i32, edge: f32) -> vec2f {
  let last = f32(cells - 1);
  let span = last + 2.0 * edge;
  if (span == 0.0) { return vec2f(0.0); }
  let distance = abs(position + edge);
  let turns = floor(distance / span);
  let rest = distance - turns * span;
  let back = (i32(turns) & 1) == 1;
  let reflected = select(rest, span - rest, back) - edge;
  let inside = (reflected > 0.0) & (reflected < last);
  let sign = select(1.0, -1.0, back != (position < -edge));
  return vec2f(clamp(reflected, 0.0, last), select(0.0, sign, inside));
}

fn cell_at(i: i32, cells: i32, edge: f32) -> i32 {
  return i32(round(bounded(f32(i), cells, edge).x));
}
