// dy in rows of any width. The kernel declares `dy`.
fn upstream(row: Row, column: u32) -> vec4f {
  let i = row.start + column;
  return living(vec4f(Stored4(dy[i], dy[i + 1u], dy[i + 2u], dy[i + 3u])), row, column);
}

// The inputs under four columns of dy, 0 past the end of the row: 0 · NaN would be NaN.
fn living(m: vec4f, row: Row, column: u32) -> vec4f {
  return select(vec4f(0.0), m, vec4u(column) + vec4u(0u, 1u, 2u, 3u) < vec4u(row.width));
}
