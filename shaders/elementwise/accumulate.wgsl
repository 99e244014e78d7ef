//! use lib/flat_index.wgsl
//! use elementwise/point/accumulate.wgsl
//! use elementwise/zip/* as zip
//! inout dst
// dst[i] += src[i] · scale
override WG: u32 = 256;

struct Params {
  packs: u32, // packs of one element or four
  scale: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> src: array<Pack>;       // [count]
@group(0) @binding(2) var<storage, read_write> dst: array<Pack>; // [count]

fn f(dst: f32, src: f32) -> f32 { return point(src, dst, params.scale); }

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i < params.packs) { dst[i] = zip(dst[i], src[i]); }
}
