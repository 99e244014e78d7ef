//! use lib/flat_index.wgsl
// Running statistics in the form the other kernels read, so that batch norm in evaluation is theirs too:
//   stats: y = γ·(x − mean)·rstd + β by norm/normalize, dγ and dβ by norm/grad_sums and norm/grad_affine
//   slope: dx = γ·rstd·dy by norm/normalize on dy, with mean 0 and no β
const WG = 64u;

struct Params { channels: u32, eps: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> running_mean: array<f32>;  // [C]
@group(0) @binding(2) var<storage, read> running_var: array<f32>;   // [C]
@group(0) @binding(3) var<storage, read_write> stats: array<vec4f>; // [C]: mean, 0, rstd, variance
@group(0) @binding(4) var<storage, read_write> slope: array<vec4f>; // [C]: 0, 0, rstd, variance

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let c = flat_index(group, groups, lane, WG);
  if (c >= params.channels) { return; }
  let variance = running_var[c];
  let rstd = inverseSqrt(variance + params.eps);
  stats[c] = vec4f(running_mean[c], 0.0, rstd, variance);
  slope[c] = vec4f(0.0, 0.0, rstd, variance);
}
