//! use lib/flat_index.wgsl
// dx[b, k, i] = dlogits[b, k, i] · upstream[b, i], or · upstream[0] where row_step is 0
override WG: u32 = 256;

struct Params { count: u32, cols: u32, inner: u32, row_step: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dlogits: array<f32>;  // [batch, cols, inner]
@group(0) @binding(2) var<storage, read> upstream: array<f32>; // [batch, inner] or [1]
@group(0) @binding(3) var<storage, read_write> dx: array<f32>; // [batch, cols, inner]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let row = i / (params.cols * params.inner) * params.inner + i % params.inner;
  dx[i] = dlogits[i] * upstream[row * params.row_step];
}
