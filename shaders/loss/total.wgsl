//! use lib/flat_index.wgsl
//! use lib/workgroup_sum.wgsl
//! use loss/denominator/* as denominator
// y[p] = Σ x · scale / divisor over piece p of x, always in the same order
override PIECE: u32 = 4096;
override ALONE: bool = false; // a thread a piece, without barriers; else a workgroup

struct Params { count: u32, scale: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [count]
@group(0) @binding(5) var<storage, read_write> y: array<f32>; // [⌈count / PIECE⌉]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let piece = select(flat_group(group, groups), flat_index(group, groups, lane, WG), ALONE);
  let start = piece * PIECE;
  let end = min(start + PIECE, params.count);
  var sum = 0.0;
  for (var i = start + select(lane, 0u, ALONE); i < end; i += select(WG, 1u, ALONE)) { sum += x[i]; }
  if (!ALONE) { sum = workgroup_sum(lane, sum); }
  if ((ALONE | (lane == 0u)) & (start < params.count)) { y[piece] = sum * params.scale / divisor(); }
}
