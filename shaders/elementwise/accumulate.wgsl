//! use lib/flat_index.wgsl
//! inout dst
// dst[i] += src[i] · scale
override WG: u32 = 64;

struct Params { count: u32, scale: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> src: array<f32>;       // [count]
@group(0) @binding(2) var<storage, read_write> dst: array<f32>; // [count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i < params.count) { dst[i] += src[i] * params.scale; }
}
