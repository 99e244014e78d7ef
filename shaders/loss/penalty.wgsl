//! use lib/flat_index.wgsl
//! use lib/workgroup_sum.wgsl
//! use loss/member/* as member
//! use loss/penalty/* as penalty
// y[q] = Σ penalty(p[i]) over piece q of an arena of parameters, blocks of mode NO_GROUP left out
override PIECE: u32 = 4096;

const NO_GROUP = 0xffffffffu;

struct Params {
  count: u32,
  mode: u32,
  first: f32,
  second: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> p: array<f32>;       // [count]
@group(0) @binding(3) var<storage, read_write> y: array<f32>; // [⌈count / PIECE⌉]

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
  for (var i = start + lane; i < end; i += WG) {
    if (mode_of(i) != NO_GROUP) { sum += penalty(p[i], params.first, params.second); }
  }
  let total = workgroup_sum(lane, sum);
  if (lane == 0u && start < params.count) { y[piece] = total; }
}
