//! use matmul/sixteen_rows.wgsl
// C = act(A · B + bias), a thread 16 × 16 of C: a quarter of the loads a product that 4 × 4 has.
override WG: u32 = 64;

const BLOCK_WIDTH = 16u;

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  multiply_block(flat_index(group, groups, lane, WG));
}
