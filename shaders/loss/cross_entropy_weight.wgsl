//! use lib/flat_index.wgsl
//! use lib/nan.wgsl
//! use lib/workgroup_sum.wgsl
//! use loss/class_weight/* as class_weight
//! use loss/label.wgsl
// sums[p] = Σ w[label] over the labels of piece p that are not ignored; a label that is no class gives NaN
override PIECE: u32 = 4096;

struct Params { count: u32, classes: u32, ignore: u32, ignoring: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> labels: array<u32>;     // [count]
@group(0) @binding(4) var<storage, read_write> sums: array<f32>; // [⌈count / PIECE⌉]

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
    let label = labels[i];
    let w = class_weight(min(label, params.classes - 1u));
    let known = select(w, quiet_nan(), label >= params.classes);
    sum += select(known, 0.0, is_ignored(label, params.ignore, params.ignoring));
  }
  let total = workgroup_sum(lane, sum);
  if (lane == 0u && start < params.count) { sums[piece] = total; }
}
