// Rows of any width: what the taps reach is loaded one by one. The kernel declares `load`.
alias Element = f32;
alias StoredElement = Stored; // as the buffer stores it

fn one(row: Row, column: u32) -> f32 {
  let value = load(row.start + column); // outside of the row this is another pixel, or a clamped index: not used
  return select(0.0, value, column < row.width);
}

fn four(row: Row, column: u32) -> vec4f {
  return vec4f(one(row, column), one(row, column + 1u), one(row, column + 2u), one(row, column + 3u));
}

fn left_of(row: Row, column: u32) -> vec4f {
  var l = vec4f();
  if (LEFT > 0u) { l.w = one(row, column - 1u); }
  if (LEFT > 1u) { l.z = one(row, column - 2u); }
  if (LEFT > 2u) { l.y = one(row, column - 3u); }
  return l;
}

fn right_of(row: Row, column: u32) -> vec4f {
  var r = vec4f();
  if (KW > LEFT + 1u) { r.x = one(row, column + 4u); }
  if (KW > LEFT + 2u) { r.y = one(row, column + 5u); }
  if (KW > LEFT + 3u) { r.z = one(row, column + 6u); }
  return r;
}
