//! use lib/flat_index.wgsl
//! use lib/nan.wgsl
//! use pool/adaptive.wgsl
// y[p, a, b] = max of x[p, h, w] over the cells of window (a, b); index is its place h·W + w in the plane: the first
// of equals; NaN counts as the maximum, the last one of several, as in PyTorch.
override WG: u32 = 64;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;           // [planes, H, W]
@group(0) @binding(2) var<storage, read_write> y: array<f32>;     // [planes, outH, outW]
@group(0) @binding(3) var<storage, read_write> index: array<u32>; // [planes, outH, outW]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let at = place(i, params.windows);
  let start = start_of(at.yz);
  let end = end_of(at.yz);
  let plane = at.x * params.image.x * params.image.y;
  var winner = start.x * params.image.y + start.y;
  var best = x[plane + winner];
  for (var h = start.x; h < end.x; h++) {
    for (var w = start.y; w < end.y; w++) {
      let here = h * params.image.y + w;
      let value = x[plane + here];
      let wins = (value > best) | is_nan(value);
      best = select(best, value, wins);
      winner = select(winner, here, wins);
    }
  }
  y[i] = best;
  index[i] = winner;
}
