//! use lib/box_muller.wgsl
//! use lib/flat_index.wgsl
//! use lib/threefry.wgsl
// y = mean + deviation·√(−2 ln u)·(cos 2πv, sin 2πv), u in (0, 1], v in [0, 1)   (Box & Muller 1958)
// Elements 2t and 2t + 1 share the two words of threefry(key (seed, offset), counter (t, 0)).
override WG: u32 = 64;

struct Params { key: vec2u, count: u32, mean: f32, deviation: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> y: array<f32>; // [count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let t = flat_index(group, groups, lane, WG);
  let words = threefry(params.key, vec2u(t, 0u));
  let pair = params.mean + params.deviation * normal_pair(words);
  let i = 2u * t;
  if (i < params.count) { y[i] = pair.x; }
  if (i + 1u < params.count) { y[i + 1u] = pair.y; }
}
