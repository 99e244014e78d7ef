// C with n a multiple of 4: four columns a store.
alias CElement = StoredC4;

fn store_c(start: u32, row: u32, column: u32, sums: vec4f) {
  if (column >= params.n) { return; }
  let at = start + column;
  c[at / 4u] = StoredC4(vec4f(
    finish(sums.x, row, column, at),
    finish(sums.y, row, column + 1u, at + 1u),
    finish(sums.z, row, column + 2u, at + 2u),
    finish(sums.w, row, column + 3u, at + 3u),
  ));
}
