// A thread's share of C is 4 × 1: for a single column, where B is a vector along k however it is stored.
const BLOCK_HEIGHT = 4u;
const BLOCK_WIDTH = 1u;
alias Sums = vec4f;

// sums + the products of four successive k.
fn add_four(sums: Sums, at_a: u32, at_b: u32) -> Sums {
  let a4 = a_block(at_a);
  let b4 = b_four(at_b);
  return fma(a4[3], vec4f(b4.w), fma(a4[2], vec4f(b4.z), fma(a4[1], vec4f(b4.y), fma(a4[0], vec4f(b4.x), sums))));
}

// sums + the products of one k.
fn add_one(sums: Sums, offset: vec2u, row: u32, column: u32, k: u32) -> Sums {
  return fma(a_rows(offset.x, row, k), vec4f(b_columns(offset.y, column, k).x), sums);
}

fn add_sums(a: Sums, b: Sums) -> Sums { return a + b; }

// The column is 0: element `row` of the batch's m.
fn store_sums(batch: u32, row: u32, column: u32, sums: Sums) {
  let start = batch * params.m;
  store_c(start + row, row, column, vec4f(sums.x));
  if (row + 1u < params.m) { store_c(start + row + 1u, row + 1u, column, vec4f(sums.y)); }
  if (row + 2u < params.m) { store_c(start + row + 2u, row + 2u, column, vec4f(sums.z)); }
  if (row + 3u < params.m) { store_c(start + row + 3u, row + 3u, column, vec4f(sums.w)); }
}
