//! use lib/flat_index.wgsl
// dβ = Σ dy, dγ = Σ dy·x̂ of every channel, from the sums of its pieces.
const WG = 64u;

struct Params { channels: u32, pieces: u32, first: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> sums: array<vec2f>;       // [first + pieces · C]: Σ dy, Σ dy·x̂
@group(0) @binding(2) var<storage, read_write> dgamma: array<f32>; // [C]
@group(0) @binding(3) var<storage, read_write> dbeta: array<f32>;  // [C]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let c = flat_index(group, groups, lane, WG);
  if (c >= params.channels) { return; }
  var sum = vec2f(0.0);
  for (var k = 0u; k < params.pieces; k++) { sum += sums[params.first + k * params.channels + c]; }
  dbeta[c] = sum.x;
  dgamma[c] = sum.y;
}
