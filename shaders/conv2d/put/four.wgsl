// Four columns a store. The kernel declares `keep` and `finish`.
fn store(row: Row, column: u32, sums: vec4f) {
  let at = row.start + column;
  keep(at / 4u, vec4f(finish(sums.x, at), finish(sums.y, at + 1u), finish(sums.z, at + 2u), finish(sums.w, at + 3u)));
}
