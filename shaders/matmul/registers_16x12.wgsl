//! use matmul/sixteen_rows.wgsl
// C = act(A · B + bias), a thread 16 × 12 of C: all columns of a product that has nine to twelve.
override WG: u32 = 64;

const BLOCK_WIDTH = 12u;

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  multiply_block(flat_index(group, groups, lane, WG));
}
