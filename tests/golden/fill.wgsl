// ---- result/f32.wgsl
// Results are f32, whatever the type of the elements.
alias Result = f32;
alias Result4 = vec4<f32>;

// ---- lib/flat_index.wgsl
// Linear index of this invocation when a long row of workgroups is folded into two dimensions (grid1d in kernel.ts).
fn flat_index(group: vec3u, groups: vec3u, lane: u32, workgroup_size: u32) -> u32 {
  return (group.y * groups.x + group.x) * workgroup_size + lane;
}

// Linear index of this workgroup in a folded grid.
fn flat_group(group: vec3u, groups: vec3u) -> u32 {
  return group.y * groups.x + group.x;
}

// ---- elementwise/fill.wgsl
//! use lib/flat_index.wgsl
//! use result/* as result
// y[i] = value
override WG: u32 = 64;

struct Params { count: u32, bits: u32 } // bits of the value

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> y: array<Result>; // [count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i < params.count) { y[i] = bitcast<Result>(params.bits); }
}
