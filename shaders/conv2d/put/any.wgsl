// One column a store, those past the end of the row left out. The kernel declares `keep` and `finish`.
fn store(row: Row, column: u32, sums: vec4f) {
  let at = row.start + column;
  keep(at, finish(sums.x, at));
  if (column + 1u < row.width) { keep(at + 1u, finish(sums.y, at + 1u)); }
  if (column + 2u < row.width) { keep(at + 2u, finish(sums.z, at + 2u)); }
  if (column + 3u < row.width) { keep(at + 3u, finish(sums.w, at + 3u)); }
}
