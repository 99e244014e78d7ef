//! use matmul/walk.wgsl
// C = act(A · B + bias), a thread 4 × 4 of C.
override WG: u32 = 64;

const BLOCK_HEIGHT = 4u;
const BLOCK_WIDTH = 4u;
alias Sums = mat4x4f;

// sums + the products of four successive k.
fn add_four(sums: Sums, at_a: u32, at_b: u32) -> Sums { return add_block(sums, a_block(at_a), b_block(at_b)); }

// sums + the products of one k.
fn add_one(sums: Sums, offset: vec2u, row: u32, column: u32, k: u32) -> Sums {
  return outer(sums, a_rows(offset.x, row, k), b_columns(offset.y, column, k));
}

fn add_sums(a: Sums, b: Sums) -> Sums { return a + b; }

fn store_sums(batch: u32, row: u32, column: u32, sums: Sums) { store_rows(batch, row, column, sums); }

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  multiply_block(flat_index(group, groups, lane, WG));
}
