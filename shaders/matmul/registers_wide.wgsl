//! use matmul/walk.wgsl
// C = act(A · B + bias), a thread 16 × 12 of C: all columns of a product that has nine to twelve.
override WG: u32 = 64;

const BLOCK_HEIGHT = 16u;
const BLOCK_WIDTH = 12u;
struct Rows { left: mat4x4f, middle: mat4x4f, right: mat4x4f } // four rows of the block, or four k of B
struct Sums { first: Rows, second: Rows, third: Rows, fourth: Rows }

fn add_rows(sums: Rows, a4: mat4x4f, b4: Rows) -> Rows {
  return Rows(add_block(sums.left, a4, b4.left), add_block(sums.middle, a4, b4.middle), add_block(sums.right, a4, b4.right));
}

// sums + the products of four successive k.
fn add_four(sums: Sums, at_a: u32, at_b: u32) -> Sums {
  let b4 = Rows(b_block(at_b), b_block(at_b + b_at(0u, 4u, 0u)), b_block(at_b + b_at(0u, 8u, 0u)));
  let step = a_at(0u, 4u, 0u);
  return Sums(
    add_rows(sums.first, a_block(at_a), b4),
    add_rows(sums.second, a_block(at_a + step), b4),
    add_rows(sums.third, a_block(at_a + 2u * step), b4),
    add_rows(sums.fourth, a_block(at_a + 3u * step), b4),
  );
}

fn add_column(sums: Rows, a: vec4f, b: mat3x4f) -> Rows {
  return Rows(outer(sums.left, a, b[0]), outer(sums.middle, a, b[1]), outer(sums.right, a, b[2]));
}

// sums + the products of one k.
fn add_one(sums: Sums, offset: vec2u, row: u32, column: u32, k: u32) -> Sums {
  let b = mat3x4f(
    b_columns(offset.y, column, k), b_columns(offset.y, column + 4u, k), b_columns(offset.y, column + 8u, k),
  );
  return Sums(
    add_column(sums.first, a_rows(offset.x, row, k), b),
    add_column(sums.second, a_rows(offset.x, row + 4u, k), b),
    add_column(sums.third, a_rows(offset.x, row + 8u, k), b),
    add_column(sums.fourth, a_rows(offset.x, row + 12u, k), b),
  );
}

fn store_sums(batch: u32, row: u32, column: u32, sums: Sums) {
  for (var i = 0u; i < 4u; i++) {
    let at = row + 4u * i;
    store_rows(batch, at, column, block_of(sums.first.left, sums.second.left, sums.third.left, sums.fourth.left, i));
    store_rows(batch, at, column + 4u, block_of(sums.first.middle, sums.second.middle, sums.third.middle, sums.fourth.middle, i));
    store_rows(batch, at, column + 8u, block_of(sums.first.right, sums.second.right, sums.third.right, sums.fourth.right, i));
  }
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  multiply_block(flat_index(group, groups, lane, WG));
}
