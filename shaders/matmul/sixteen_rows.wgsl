//! use matmul/walk.wgsl
// Blocks of 16 rows of C, 12 or 16 columns wide as the kernel's BLOCK_WIDTH says; of 12, the last four columns are not used.
const BLOCK_HEIGHT = 16u;
const WIDE = BLOCK_WIDTH == 16u;
struct Rows { a: mat4x4f, b: mat4x4f, c: mat4x4f, d: mat4x4f } // four rows of the block, or four k of B
struct Sums { first: Rows, second: Rows, third: Rows, fourth: Rows }

fn add_rows(sums: Rows, a4: mat4x4f, b4: Rows) -> Rows {
  var all = Rows(add_block(sums.a, a4, b4.a), add_block(sums.b, a4, b4.b), add_block(sums.c, a4, b4.c), sums.d);
  if (WIDE) { all.d = add_block(sums.d, a4, b4.d); }
  return all;
}

// sums + the products of four successive k.
fn add_four(sums: Sums, at_a: u32, at_b: u32) -> Sums {
  let next = b_at(0u, 4u, 0u);
  var b4 = Rows(b_block(at_b), b_block(at_b + next), b_block(at_b + 2u * next), mat4x4f());
  if (WIDE) { b4.d = b_block(at_b + 3u * next); }
  let step = a_at(0u, 4u, 0u);
  return Sums(
    add_rows(sums.first, a_block(at_a), b4),
    add_rows(sums.second, a_block(at_a + step), b4),
    add_rows(sums.third, a_block(at_a + 2u * step), b4),
    add_rows(sums.fourth, a_block(at_a + 3u * step), b4),
  );
}

fn add_column(sums: Rows, a: vec4f, b: mat4x4f) -> Rows {
  var all = Rows(outer(sums.a, a, b[0]), outer(sums.b, a, b[1]), outer(sums.c, a, b[2]), sums.d);
  if (WIDE) { all.d = outer(sums.d, a, b[3]); }
  return all;
}

// sums + the products of one k.
fn add_one(sums: Sums, offset: vec2u, row: u32, column: u32, k: u32) -> Sums {
  var b = mat4x4f(
    b_columns(offset.y, column, k), b_columns(offset.y, column + 4u, k), b_columns(offset.y, column + 8u, k), vec4f(),
  );
  if (WIDE) { b[3] = b_columns(offset.y, column + 12u, k); }
  return Sums(
    add_column(sums.first, a_rows(offset.x, row, k), b),
    add_column(sums.second, a_rows(offset.x, row + 4u, k), b),
    add_column(sums.third, a_rows(offset.x, row + 8u, k), b),
    add_column(sums.fourth, a_rows(offset.x, row + 12u, k), b),
  );
}

fn both_rows(a: Rows, b: Rows) -> Rows {
  var all = Rows(a.a + b.a, a.b + b.b, a.c + b.c, a.d);
  if (WIDE) { all.d = a.d + b.d; }
  return all;
}

fn add_sums(a: Sums, b: Sums) -> Sums {
  return Sums(
    both_rows(a.first, b.first), both_rows(a.second, b.second), both_rows(a.third, b.third), both_rows(a.fourth, b.fourth),
  );
}

fn store_sums(batch: u32, row: u32, column: u32, sums: Sums) {
  for (var i = 0u; i < 4u; i++) {
    let at = row + 4u * i;
    store_rows(batch, at, column, block_of(sums.first.a, sums.second.a, sums.third.a, sums.fourth.a, i));
    store_rows(batch, at, column + 4u, block_of(sums.first.b, sums.second.b, sums.third.b, sums.fourth.b, i));
    store_rows(batch, at, column + 8u, block_of(sums.first.c, sums.second.c, sums.third.c, sums.fourth.c, i));
    if (WIDE) {
      store_rows(batch, at, column + 12u, block_of(sums.first.d, sums.second.d, sums.third.d, sums.fourth.d, i));
    }
  }
}
