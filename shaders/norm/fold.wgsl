//! use lib/flat_index.wgsl
//! use norm/affine/* as affine
//! use norm/before/* as before
// Batch norm by running statistics as one scale and one shift a channel: γ·(s + bias − mean)·rstd + β = scale·s + shift
const WG = 64u;

alias PerChannel = f32;

struct Params { channels: u32, eps: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> running_mean: array<f32>;   // [C]
@group(0) @binding(2) var<storage, read> running_var: array<f32>;    // [C]
@group(0) @binding(6) var<storage, read_write> lines: array<vec2f>;  // [C]: scale, shift

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let c = flat_index(group, groups, lane, WG);
  if (c >= params.channels) { return; }
  let scale = gamma_at(c) * inverseSqrt(running_var[c] + params.eps);
  lines[c] = vec2f(scale, fma(bias_at(c) - running_mean[c], scale, beta_at(c)));
}
