//! use lib/workgroup_sum.wgsl
//! use loss/elements.wgsl
// y[p] = scale · Σ w[i] · ℓ(x[i], t[i]) over piece p of the elements, always in the same order
override PIECE: u32 = 4096;

@group(0) @binding(5) var<storage, read_write> y: array<f32>; // [⌈count / PIECE⌉]

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
  for (var i = start + lane; i < end; i += WG) { sum += element_weight(i) * loss(point(i)); }
  let total = workgroup_sum(lane, sum);
  if (lane == 0u && start < params.count) { y[piece] = params.scale * total; }
}
