//! use matmul/walk.wgsl
// C = act(A · B + bias), a thread 8 × 8 of C: half the loads a product that 4 × 4 has.
override WG: u32 = 64;

const BLOCK_HEIGHT = 8u;
const BLOCK_WIDTH = 8u;
struct Sums { top_left: mat4x4f, top_right: mat4x4f, bottom_left: mat4x4f, bottom_right: mat4x4f }

// sums + the products of four successive k.
fn add_four(sums: Sums, at_a: u32, at_b: u32) -> Sums {
  let top = a_block(at_a);
  let bottom = a_block(at_a + a_at(0u, 4u, 0u));
  let left = b_block(at_b);
  let right = b_block(at_b + b_at(0u, 4u, 0u));
  return Sums(
    add_block(sums.top_left, top, left), add_block(sums.top_right, top, right),
    add_block(sums.bottom_left, bottom, left), add_block(sums.bottom_right, bottom, right),
  );
}

// sums + the products of one k.
fn add_one(sums: Sums, offset: vec2u, row: u32, column: u32, k: u32) -> Sums {
  let top = a_rows(offset.x, row, k);
  let bottom = a_rows(offset.x, row + 4u, k);
  let left = b_columns(offset.y, column, k);
  let right = b_columns(offset.y, column + 4u, k);
  return Sums(
    outer(sums.top_left, top, left), outer(sums.top_right, top, right),
    outer(sums.bottom_left, bottom, left), outer(sums.bottom_right, bottom, right),
  );
}

fn add_sums(a: Sums, b: Sums) -> Sums {
  return Sums(
    a.top_left + b.top_left, a.top_right + b.top_right,
    a.bottom_left + b.bottom_left, a.bottom_right + b.bottom_right,
  );
}

fn store_sums(batch: u32, row: u32, column: u32, sums: Sums) {
  for (var i = 0u; i < 4u; i++) {
    let quarter = block_of(sums.top_left, sums.top_right, sums.bottom_left, sums.bottom_right, i);
    store_rows(batch, row + (i / 2u) * 4u, column + (i & 1u) * 4u, quarter);
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
