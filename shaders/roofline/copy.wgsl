//! use lib/flat_index.wgsl
// y[i] = x[i], sixteen bytes a thread: how many bytes a second an adapter moves.
override WG: u32 = 256;

struct Params {
  count: u32, // quarters of the elements
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;       // [count · 4]
@group(0) @binding(2) var<storage, read_write> y: array<vec4f>; // [count · 4]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i < params.count) { y[i] = x[i]; }
}
