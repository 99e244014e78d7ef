//! use lib/flat_index.wgsl
//! use lib/nan.wgsl
//! use pool/window.wgsl
// y[p, a, b] = max over (i, j) of x[p, a·sh − ph + i·dh, b·sw − pw + j·dw], cells outside the image left out.
// index is its place h·W + w in the plane: the first of equals; NaN counts as the maximum, the last one of several, as
// in PyTorch.
override WG: u32 = 64;
override KH: u32 = 2;
override KW: u32 = 2;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;           // [planes, H, W]
@group(0) @binding(2) var<storage, read_write> y: array<f32>;     // [planes, outH, outW]
@group(0) @binding(3) var<storage, read_write> index: array<u32>; // [planes, outH, outW]

const NOWHERE = 0xffffffffu;

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let at = place(i, params.windows);
  let start = at.yz * params.stride - params.padding;
  let plane = u32(at.x) * u32(params.image.x * params.image.y);
  var best = 0.0;
  var winner = NOWHERE;
  for (var a = 0u; a < KH; a++) {
    for (var b = 0u; b < KW; b++) {
      let cell = start + vec2i(vec2u(a, b)) * params.dilation;
      let near = clamp(cell, vec2i(0), params.image - 1); // clamped instead of a branch, so that loads can overlap
      let here = u32(near.x * params.image.y + near.y);
      let value = x[plane + here];
      let wins = all(cell == near) & ((winner == NOWHERE) | (value > best) | is_nan(value));
      best = select(best, value, wins);
      winner = select(winner, here, wins);
    }
  }
  y[i] = best;
  index[i] = winner;
}
