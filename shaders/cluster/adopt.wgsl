//! use lib/flat_index.wgsl
//! inout chosen
// chosen[place] = drawn[t], squares = potential[t], t = argmin totals: the candidate that leaves the least potential becomes a
// centre; ties go to the first.
override WG: u32 = 64;

struct Params { blocks: u32, draws: u32, place: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> potential: array<vec4f>;     // [draws, blocks]
@group(0) @binding(2) var<storage, read> totals: array<f32>;          // [draws]
@group(0) @binding(3) var<storage, read> drawn: array<u32>;           // [draws]
@group(0) @binding(4) var<storage, read_write> squares: array<vec4f>; // [blocks]
@group(0) @binding(5) var<storage, read_write> chosen: array<u32>;    // [centres]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let four = flat_index(group, groups, lane, WG);
  if (four >= params.blocks) { return; }
  var best = 0u;
  for (var t = 1u; t < params.draws; t++) {
    if (totals[t] < totals[best]) { best = t; }
  }
  squares[four] = potential[best * params.blocks + four];
  if (four == 0u) { chosen[params.place] = drawn[best]; }
}
