//! use lib/flat_index.wgsl
//! use lib/workgroup_sum.wgsl
// dx = dy for x > 0, slope[c]·dy otherwise; dslope[c] = Σ dy·x over x ≤ 0, here over one piece of a channel.
// At 0 and for NaN the second case applies, as in PyTorch. A workgroup owns a piece; its WG lanes take neighbouring elements.
struct Params { channels: u32, inner: u32, length: u32, piece: u32, teams: u32 } // length elements a channel

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dy: array<f32>;             // [length / inner, channels, inner]
@group(0) @binding(2) var<storage, read> x: array<f32>;              // [length / inner, channels, inner]
@group(0) @binding(3) var<storage, read> slope: array<f32>;          // [channels]
@group(0) @binding(4) var<storage, read_write> dx: array<f32>;       // [length / inner, channels, inner]
@group(0) @binding(5) var<storage, read_write> partials: array<f32>; // [pieces, channels]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let team = flat_group(group, groups);
  if (team >= params.teams) { return; }
  let c = team % params.channels;
  let start = team / params.channels * params.piece;
  let end = min(start + params.piece, params.length);
  let a = slope[c];
  var sum = 0.0;
  for (var m = start + lane; m < end; m += WG) {
    let i = (m / params.inner * params.channels + c) * params.inner + m % params.inner;
    let value = x[i];
    let upstream = dy[i];
    let passes = value > 0.0;
    dx[i] = select(a * upstream, upstream, passes);
    sum += select(value * upstream, 0.0, passes);
  }
  let total = workgroup_sum(lane, sum);
  if (lane == 0u) { partials[team] = total; }
}
