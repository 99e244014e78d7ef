//! use lib/flat_index.wgsl
//! inout y
// y[o, index[o, j, i], i] = x[o, j, i]; the rest of y stays. The indices of a row differ, as those of a sort or a top-k do.
override WG: u32 = 64;

struct Params { count: u32, k: u32, length: u32, inner: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [outer, k, inner]
@group(0) @binding(2) var<storage, read> index: array<u32>;   // [outer, k, inner]
@group(0) @binding(3) var<storage, read_write> y: array<f32>; // [outer, length, inner]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let e = flat_index(group, groups, lane, WG);
  if (e >= params.count) { return; }
  let o = e / params.inner / params.k;
  let to = index[e];
  if (to < params.length) { y[(o * params.length + to) * params.inner + e % params.inner] = x[e]; }
}
