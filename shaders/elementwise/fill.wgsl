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
