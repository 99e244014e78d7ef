//! use lib/flat_index.wgsl
// y[g, i] = Σ_j coef[j] · rows[places[j], i] over the LENGTH terms j of group g: short sums, which the host adds up in float64.
override WG: u32 = 64;
override LENGTH: u32 = 8;

struct Params { blocks: u32, count: u32, groups: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> rows: array<vec4f>;    // [room, blocks]: four points a vector
@group(0) @binding(2) var<storage, read> places: array<u32>;    // [count]
@group(0) @binding(3) var<storage, read> coef: array<f32>;      // [count]
@group(0) @binding(4) var<storage, read_write> y: array<vec4f>; // [groups, blocks]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let e = flat_index(group, groups, lane, WG);
  if (e >= params.groups * params.blocks) { return; }
  let own = e / params.blocks;
  let four = e - own * params.blocks;
  let end = min(params.count, (own + 1u) * LENGTH);
  var sum = vec4f(0.0);
  for (var j = own * LENGTH; j < end; j++) {
    sum = fma(rows[places[j] * params.blocks + four], vec4f(coef[j]), sum);
  }
  y[e] = sum;
}
