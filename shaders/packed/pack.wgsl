//! use lib/flat_index.wgsl
//! use packed/form/* as form
// words[i] = the bits of x[PER·i], x[PER·i + 1], ... in the form that the slot says, the first in the lowest bits; zeros past
// the last number. Numbers belong to rows, `width` of them each.
override WG: u32 = 64;

struct Params { count: u32, width: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;           // [count]
@group(0) @binding(3) var<storage, read_write> words: array<u32>; // [count / PER, rounded up]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i * PER >= params.count) { return; }
  var word = 0u;
  for (var j = 0u; j < PER; j++) {
    let e = i * PER + j;
    if (e < params.count) { word |= bits_of(x[e], e / params.width) << (j * (32u / PER)); }
  }
  words[i] = word;
}
