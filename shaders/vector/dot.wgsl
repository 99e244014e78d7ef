//! use lib/flat_index.wgsl
//! use lib/workgroup_sum.wgsl
// partials[p] = Σ a[i] · b[i] over piece p, always in the same order
override PIECE: u32 = 4096;

struct Params { count: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> a: array<f32>;              // [count]
@group(0) @binding(2) var<storage, read> b: array<f32>;              // [count]
@group(0) @binding(3) var<storage, read_write> partials: array<f32>; // [⌈count / PIECE⌉]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let piece = flat_group(group, groups);
  let start = piece * PIECE;
  let end = min(start + PIECE, params.count);
  var sum = 0.0;
  for (var i = start + lane; i < end; i += WG) { sum += a[i] * b[i]; }
  let total = workgroup_sum(lane, sum);
  if (lane == 0u && start < params.count) { partials[piece] = total; }
}
