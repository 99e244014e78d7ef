//! use cluster/nearest.wgsl
//! use lib/flat_index.wgsl
// labels[i] = argmin_k ‖x_i − c_k‖², nearest[i] = ‖x_i − c_labels[i]‖².
override WG: u32 = 64;

@group(0) @binding(3) var<storage, read_write> labels: array<vec4u>;  // [blocks]: four points a vector
@group(0) @binding(4) var<storage, read_write> squares: array<vec4f>; // [blocks]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let four = flat_index(group, groups, lane, WG);
  if (four >= params.blocks) { return; }
  let label = nearest(four).label;
  labels[four] = label;
  squares[four] = squares_of(four, label);
}
