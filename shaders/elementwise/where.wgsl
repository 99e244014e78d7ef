//! use lib/flat_index.wgsl
//! use lib/strided.wgsl
//! use element/* as element
//! use elementwise/point/where.wgsl
// y[i] = a[i] where condition[i] ≠ 0, else b[i], with i the coordinates in y; a broadcast axis has stride 0.
override WG: u32 = 256;

struct Params {
  count: u32,
  rank: u32,
  axes: array<Axis, 8>, // strides in condition, a and b
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> condition: array<f32>; // [...] that broadcasts to y
@group(0) @binding(2) var<storage, read> a: array<Element>;     // [...] that broadcasts to y
@group(0) @binding(3) var<storage, read> b: array<Element>;     // [...] that broadcasts to y
@group(0) @binding(4) var<storage, read_write> y: array<Element>; // [count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let at = strided(i);
  y[i] = point(condition[at.x], a[at.y], b[at.z]);
}
