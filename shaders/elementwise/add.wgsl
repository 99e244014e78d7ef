//! use lib/flat_index.wgsl
//! use elementwise/point/add.wgsl
//! use elementwise/zip/* as zip
// c[i] = a[i] + b[i]: what the graph needs to add gradients, without the other operations that binary.wgsl has
override WG: u32 = 256;

struct Params {
  packs: u32, // packs of one element or four
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> a: array<Pack>;       // [count]
@group(0) @binding(2) var<storage, read> b: array<Pack>;       // [count]
@group(0) @binding(3) var<storage, read_write> c: array<Pack>; // [count]

fn f(a: f32, b: f32) -> f32 { return point(a, b); }

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i < params.packs) { c[i] = zip(a[i], b[i]); }
}
