//! use lib/flat_index.wgsl
// y[i, c] = 1 where labels[i] = c, else 0; a label that is no class gives a row of zeros.
override WG: u32 = 64;

struct Params { count: u32, classes: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> labels: array<u32>;  // [n]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [n, classes]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let e = flat_index(group, groups, lane, WG);
  if (e >= params.count) { return; }
  y[e] = select(0.0, 1.0, labels[e / params.classes] == e % params.classes);
}
