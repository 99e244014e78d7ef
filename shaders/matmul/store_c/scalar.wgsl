// C with any n: one element a store.
alias CElement = StoredC;

fn store_c(start: u32, row: u32, column: u32, sums: vec4f) {
  let at = start + column;
  if (column < params.n) { c[at] = StoredC(finish(sums.x, row, column, at)); }
  if (column + 1u < params.n) { c[at + 1u] = StoredC(finish(sums.y, row, column + 1u, at + 1u)); }
  if (column + 2u < params.n) { c[at + 2u] = StoredC(finish(sums.z, row, column + 2u, at + 2u)); }
  if (column + 3u < params.n) { c[at + 3u] = StoredC(finish(sums.w, row, column + 3u, at + 3u)); }
}
