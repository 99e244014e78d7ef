//! use lib/flat_index.wgsl
//! use packed/form/* as form
// y[e] = the number whose bits words[e / PER] holds, in the form that the slot says: what packed/pack has packed.
override WG: u32 = 64;

struct Params { count: u32, width: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> words: array<u32>;   // [count / PER, rounded up]
@group(0) @binding(3) var<storage, read_write> y: array<f32>; // [count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i * PER >= params.count) { return; }
  let word = words[i];
  for (var j = 0u; j < PER; j++) {
    let e = i * PER + j;
    let bits = extractBits(word, j * (32u / PER), 32u / PER);
    if (e < params.count) { y[e] = value_of(bits, e / params.width); }
  }
}
