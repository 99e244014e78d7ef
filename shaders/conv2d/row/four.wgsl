// Rows whose widths, read and written, are multiples of 4: one load brings four columns.
// The kernel declares `load`.
alias Element = vec4<f32>;
alias StoredElement = Stored4; // as the buffer stores it

fn four(row: Row, column: u32) -> vec4f {
  let value = load((row.start + column) / 4u); // outside of the row this is another pixel, or a clamped index: not used
  return select(vec4f(0.0), value, column < row.width);
}

fn left_of(row: Row, column: u32) -> vec4f { return four(row, column - 4u); }

fn right_of(row: Row, column: u32) -> vec4f { return four(row, column + 4u); }
