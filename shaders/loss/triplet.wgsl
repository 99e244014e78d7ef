//! use loss/triplet_row.wgsl
// loss = max(0, margin + near − far) of every row
@group(0) @binding(4) var<storage, read_write> loss: array<f32>; // [rows]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = flat_group(group, groups) * (WG / SLICE) + lane / SLICE;
  let live = row < params.rows;
  let d = distances(lane, row * params.cols, select(0u, params.cols, live));
  let z = excess(d);
  if (live & (lane % SLICE == 0u)) { loss[row] = select(z, 0.0, z <= 0.0); }
}
