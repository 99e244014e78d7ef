// A thread's share of C is 1 × 4: for a single row, where A is a vector along k however it is stored.
const BLOCK_HEIGHT = 1u;
const BLOCK_WIDTH = 4u;
alias Sums = vec4f;

// sums + the products of four successive k.
fn add_four(sums: Sums, at_a: u32, at_b: u32) -> Sums {
  let a4 = a_four(at_a);
  let b4 = b_block(at_b);
  return fma(vec4f(a4.w), b4[3], fma(vec4f(a4.z), b4[2], fma(vec4f(a4.y), b4[1], fma(vec4f(a4.x), b4[0], sums))));
}

// sums + the products of one k.
fn add_one(sums: Sums, offset: vec2u, row: u32, column: u32, k: u32) -> Sums {
  return fma(vec4f(a_rows(offset.x, row, k).x), b_columns(offset.y, column, k), sums);
}

fn add_sums(a: Sums, b: Sums) -> Sums { return a + b; }

fn store_sums(batch: u32, row: u32, column: u32, sums: Sums) {
  store_c((batch * params.m + row) * params.n, row, column, sums);
}
