//! use lib/flat_index.wgsl
//! use lib/multiply_high.wgsl
//! use lib/threefry.wgsl
// y[i] = v[i] for x[i] > 0, a[i]·v[i] otherwise, with a[i] uniform in [lower, upper) (Xu, Wang, Chen, Li 2015).
// v is x itself, or dy, which gives dx. a[i] = (low + ⌊word[i]·range / 2³²⌋)·unit: integers, so that every device draws
// the same slopes to the bit. The words are those of random/uniform: 2t and 2t + 1 share a block of threefry.
override WG: u32 = 64;

struct Params { key: vec2u, count: u32, low: i32, range: u32, unit: f32 } // unit is a power of two

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [count]
@group(0) @binding(2) var<storage, read> v: array<f32>;       // [count]
@group(0) @binding(3) var<storage, read_write> y: array<f32>; // [count]

// The comparison of a NaN is false: it keeps the slope 1.
fn leaked(i: u32, word: u32) -> f32 {
  let slope = f32(params.low + i32(multiply_high(word, params.range))) * params.unit;
  return v[i] * select(1.0, slope, x[i] <= 0.0);
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
  if (i < params.count) { y[i] = leaked(i, words.x); }
  if (i + 1u < params.count) { y[i + 1u] = leaked(i + 1u, words.y); }
}
