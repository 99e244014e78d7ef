// Any k: the remainder of k / 4.
fn add_tail(sums: Sums, offset: vec2u, row: u32, column: u32) -> Sums {
  var all = sums;
  for (var k = params.k & ~3u; k < params.k; k++) { all = add_one(all, offset, row, column, k); }
  return all;
}
