//! use lib/flat_index.wgsl
//! use lib/strided.wgsl
//! use element/* as element
// y[e] = x[base(e) + step · index[at(e)]], and `missing` where that index is not below `length`: elements picked along one
// axis of x. The other axes give base, the axes of index give at; a broadcast axis has stride 0.
override WG: u32 = 64;

struct Params {
  count: u32,
  rank: u32,
  length: u32,
  step: u32,
  missing: f32,
  axes: array<Axis, 8>, // strides in x and index
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>;   // [..., length, ...]
@group(0) @binding(2) var<storage, read> index: array<u32>;   // [...]
@group(0) @binding(3) var<storage, read_write> y: array<Element>; // [count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let e = flat_index(group, groups, lane, WG);
  if (e >= params.count) { return; }
  let at = strided(e);
  let picked = index[at.y];
  var value = Element(params.missing);
  if (picked < params.length) { value = x[at.x + picked * params.step]; }
  y[e] = value;
}
