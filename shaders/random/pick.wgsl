//! use lib/flat_index.wgsl
//! use lib/threefry.wgsl
// index[r, s] = the first j with sums[r, j] > u·sums[r, last]: j is drawn with a probability in proportion to its
// weight, with replacement. sums are the running sums of the weights. u in [0, 1) as random/uniform draws it for [rows, samples].
override WG: u32 = 64;

struct Params { key: vec2u, count: u32, samples: u32, length: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> weights: array<f32>;     // [rows, length]
@group(0) @binding(2) var<storage, read> sums: array<f32>;        // [rows, length]
@group(0) @binding(3) var<storage, read_write> index: array<u32>; // [rows, samples]

fn drawn(i: u32, word: u32) -> u32 {
  let row = i / params.samples * params.length;
  let wanted = unit_interval(word) * sums[row + params.length - 1u];
  var low = 0u; // every sum before index `low` is ≤ wanted
  for (var length = params.length; length > 1u; length -= length >> 1u) {
    let half = length >> 1u;
    if (sums[row + low + half - 1u] <= wanted) { low += half; }
  }
  // rounded sums may rise where the weight is 0: go back to the last j with a weight
  for (; low > 0u; low--) {
    if (weights[row + low] != 0.0) { break; }
  }
  for (; low + 1u < params.length; low++) {
    if (weights[row + low] != 0.0) { break; }
  }
  return low;
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
  if (i < params.count) { index[i] = drawn(i, words.x); }
  if (i + 1u < params.count) { index[i + 1u] = drawn(i + 1u, words.y); }
}
