//! use lib/flat_index.wgsl
//! use lib/strided.wgsl
//! use element/* as element
//! inout y
// y[offset + i · strides] = x[i] with i the coordinates in x; the rest of y stays.
override WG: u32 = 256;

struct Params {
  count: u32,
  rank: u32,
  offset: u32,
  axes: array<Axis, 8>, // strides in y
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>;       // [count]
@group(0) @binding(2) var<storage, read_write> y: array<Element>; // [n0, n1, ...]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  y[params.offset + strided(i).x] = x[i];
}
