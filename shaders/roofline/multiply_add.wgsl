//! use lib/flat_index.wgsl
// y[i] = Σⱼ aⱼ over j = 0…7, where aⱼ = x[i] + j goes `rounds` times through aⱼ ← aⱼ · scale + shift
//
// Eight independent chains of four lanes keep every multiply-add unit busy and almost nothing waits for memory: how many
// operations a second an adapter computes.
override WG: u32 = 256;

struct Params {
  count: u32, // quarters of the elements
  rounds: u32,
  scale: f32,
  shift: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;       // [count · 4]
@group(0) @binding(2) var<storage, read_write> y: array<vec4f>; // [count · 4]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let scale = vec4f(params.scale);
  let shift = vec4f(params.shift);
  var a0 = x[i];
  var a1 = a0 + 1.0;
  var a2 = a0 + 2.0;
  var a3 = a0 + 3.0;
  var a4 = a0 + 4.0;
  var a5 = a0 + 5.0;
  var a6 = a0 + 6.0;
  var a7 = a0 + 7.0;
  for (var round = 0u; round < params.rounds; round++) {
    a0 = fma(a0, scale, shift);
    a1 = fma(a1, scale, shift);
    a2 = fma(a2, scale, shift);
    a3 = fma(a3, scale, shift);
    a4 = fma(a4, scale, shift);
    a5 = fma(a5, scale, shift);
    a6 = fma(a6, scale, shift);
    a7 = fma(a7, scale, shift);
  }
  y[i] = ((a0 + a1) + (a2 + a3)) + ((a4 + a5) + (a6 + a7));
}
