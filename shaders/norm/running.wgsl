//! use lib/flat_index.wgsl
//! inout running_mean running_var
// r ← (1 − momentum)·r + momentum·batch, with the batch's mean and its unbiased variance var·n/(n − 1).
const WG = 64u;

struct Params { channels: u32, momentum: f32, unbias: f32 } // unbias = n/(n − 1)

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> stats: array<vec4f>;            // [C]: pivot, offset, rstd, variance
@group(0) @binding(2) var<storage, read_write> running_mean: array<f32>; // [C]
@group(0) @binding(3) var<storage, read_write> running_var: array<f32>;  // [C]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let c = flat_index(group, groups, lane, WG);
  if (c >= params.channels) { return; }
  let s = stats[c];
  let keep = 1.0 - params.momentum;
  running_mean[c] = keep * running_mean[c] + params.momentum * (s.x + s.y);
  running_var[c] = keep * running_var[c] + params.momentum * (s.w * params.unbias);
}
