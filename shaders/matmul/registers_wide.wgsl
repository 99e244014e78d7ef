//! use matmul/walk.wgsl
// C = act(A · B + bias), a thread 8 × 12 of C: all columns of a product that has nine to twelve.
override WG: u32 = 64;

const BLOCK_HEIGHT = 8u;
const BLOCK_WIDTH = 12u;
struct Row { left: mat4x4f, middle: mat4x4f, right: mat4x4f }
struct Sums { top: Row, bottom: Row }

fn add_row(sums: Row, a4: mat4x4f, b4: Row) -> Row {
  return Row(add_block(sums.left, a4, b4.left), add_block(sums.middle, a4, b4.middle), add_block(sums.right, a4, b4.right));
}

// sums + the products of four successive k.
fn add_four(sums: Sums, at_a: u32, at_b: u32) -> Sums {
  let b4 = Row(b_block(at_b), b_block(at_b + b_at(0u, 4u, 0u)), b_block(at_b + b_at(0u, 8u, 0u)));
  return Sums(
    add_row(sums.top, a_block(at_a), b4),
    add_row(sums.bottom, a_block(at_a + a_at(0u, 4u, 0u)), b4),
  );
}

// sums + the products of one k.
fn add_one(sums: Sums, offset: vec2u, row: u32, column: u32, k: u32) -> Sums {
  let top = a_rows(offset.x, row, k);
  let bottom = a_rows(offset.x, row + 4u, k);
  let left = b_columns(offset.y, column, k);
  let middle = b_columns(offset.y, column + 4u, k);
  let right = b_columns(offset.y, column + 8u, k);
  return Sums(
    Row(outer(sums.top.left, top, left), outer(sums.top.middle, top, middle), outer(sums.top.right, top, right)),
    Row(
      outer(sums.bottom.left, bottom, left),
      outer(sums.bottom.middle, bottom, middle),
      outer(sums.bottom.right, bottom, right),
    ),
  );
}

fn store_row(batch: u32, row: u32, column: u32, sums: Row) {
  store_block(batch, row, column, sums.left);
  store_block(batch, row, column + 4u, sums.middle);
  store_block(batch, row, column + 8u, sums.right);
}

fn store_sums(batch: u32, row: u32, column: u32, sums: Sums) {
  store_row(batch, row, column, sums.top);
  store_row(batch, row + 4u, column, sums.bottom);
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  multiply_block(flat_index(group, groups, lane, WG));
}
