//! use lib/flat_index.wgsl
//! use lib/strided.wgsl
// keys[e] = base(e) + step · index[at(e)] and ids[e] = from(e): where an element is to be added, and which one. An index
// that is not below `length`, or is `skip`, gives the key `limit`, which is ignored. A broadcast axis has stride 0.
override WG: u32 = 64;

struct Params {
  count: u32,
  rank: u32,
  length: u32,
  step: u32,
  limit: u32,
  skip: u32,
  axes: array<Axis, 8>, // strides in y, index and src
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> index: array<u32>;      // [...]
@group(0) @binding(2) var<storage, read_write> keys: array<u32>; // [1, count]
@group(0) @binding(3) var<storage, read_write> ids: array<u32>;  // [1, count]

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
  let real = (picked < params.length) & (picked != params.skip);
  keys[e] = select(params.limit, at.x + picked * params.step, real);
  ids[e] = at.z;
}
