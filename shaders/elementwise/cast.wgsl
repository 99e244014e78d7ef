//! use lib/flat_index.wgsl
//! use elementwise/cast_from/* as from
//! use elementwise/cast_to/* as to
//! use elementwise/cast_width/* as width
// y[i] = x[i] as another type: integers to the nearest float, floats truncated towards 0, integers with the same
// bits. A float out of an integer's range is clamped to it.
override WG: u32 = 256;

struct Params { packs: u32 } // packs of one element or four

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<From>;     // [count]
@group(0) @binding(2) var<storage, read_write> y: array<To>; // [count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i < params.packs) { y[i] = To(x[i]); }
}
