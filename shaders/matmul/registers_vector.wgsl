//! use matmul/walk.wgsl
//! use matmul/vector_block/* as block
// C = act(A · B + bias) where C is one row, a thread four of its columns, or one column, a thread four of its rows.
override WG: u32 = 64;

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  multiply_block(flat_index(group, groups, lane, WG));
}
