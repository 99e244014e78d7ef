//! use lib/flat_index.wgsl
//! use lib/threefry.wgsl
// y[i] = low + u·(high − low) with u in [0, 1), a multiple of 2⁻²⁴, but at most `last`: the sum may round up to high
// Elements 2t and 2t + 1 are the two words of threefry(key (seed, offset), counter (t, 0)).
override WG: u32 = 64;

struct Params { key: vec2u, count: u32, low: f32, range: f32, last: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> y: array<f32>; // [count]

fn drawn(word: u32) -> f32 {
  return min(fma(unit_interval(word), params.range, params.low), params.last);
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let t = flat_index(group, groups, lane, WG);
  let words = threefry(params.key, vec2u(t, 0u));
  let i = 2u * t;
  if (i < params.count) { y[i] = drawn(words.x); }
  if (i + 1u < params.count) { y[i + 1u] = drawn(words.y); }
}
