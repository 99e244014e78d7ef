//! use lib/flat_index.wgsl
//! use lib/multiply_high.wgsl
//! use lib/threefry.wgsl
// y[i] = low + ⌊word[i]·range / 2³²⌋ modulo 2³², or the word itself where range is 0, which stands for 2³².
// The words are those of random/uniform: 2t and 2t + 1 share a block of threefry. Integers: the same bits everywhere.
override WG: u32 = 64;

struct Params { key: vec2u, count: u32, low: u32, range: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> y: array<u32>; // [count]

fn drawn(word: u32) -> u32 {
  return params.low + select(multiply_high(word, params.range), word, params.range == 0u);
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
