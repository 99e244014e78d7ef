//! use lib/flat_index.wgsl
//! use sort/order/* as order
// keys[r, j] = key(x[o, j, i]) with r = (o, i), an integer that orders as x does, or in reverse; ids[r, j] = j.
override WG: u32 = 64;
override DESCENDING: bool = false;

struct Params { count: u32, length: u32, inner: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>;      // [outer, length, inner]
@group(0) @binding(2) var<storage, read_write> keys: array<u32>; // [outer · inner, length]
@group(0) @binding(3) var<storage, read_write> ids: array<u32>;  // [outer · inner, length]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let e = flat_index(group, groups, lane, WG);
  if (e >= params.count) { return; }
  let row = e / params.length;
  let j = e % params.length;
  let base = row / params.inner * params.length * params.inner + row % params.inner;
  let key = key_of(x[base + j * params.inner]);
  keys[e] = select(key, ~key, DESCENDING);
  ids[e] = j;
}
