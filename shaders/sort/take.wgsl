//! use lib/flat_index.wgsl
//! use element/* as element
// indices[o, j, i] = ids[r, j] and values[o, j, i] = x[o, ids[r, j], i] with r = (o, i), for the first k of each sorted row.
override WG: u32 = 64;

struct Params { count: u32, k: u32, width: u32, length: u32, inner: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>;         // [outer, length, inner]
@group(0) @binding(2) var<storage, read> ids: array<u32>;           // [outer · inner, width]
@group(0) @binding(3) var<storage, read_write> values: array<Element>; // [outer, k, inner]
@group(0) @binding(4) var<storage, read_write> indices: array<u32>; // [outer, k, inner]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let e = flat_index(group, groups, lane, WG);
  if (e >= params.count) { return; }
  let i = e % params.inner;
  let j = e / params.inner % params.k;
  let o = e / params.inner / params.k;
  let id = ids[(o * params.inner + i) * params.width + j];
  values[e] = x[(o * params.length + id) * params.inner + i];
  indices[e] = id;
}
