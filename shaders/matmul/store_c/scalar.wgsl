// C with any n: one element a store.
alias CElement = f32;

fn store_c(start: u32, column: u32, sums: vec4f) {
  if (column < params.n) { c[start + column] = finish(sums.x, column); }
  if (column + 1u < params.n) { c[start + column + 1u] = finish(sums.y, column + 1u); }
  if (column + 2u < params.n) { c[start + column + 2u] = finish(sums.z, column + 2u); }
  if (column + 3u < params.n) { c[start + column + 3u] = finish(sums.w, column + 3u); }
}
