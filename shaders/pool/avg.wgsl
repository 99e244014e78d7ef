//! use lib/flat_index.wgsl
//! use pool/window.wgsl
// y[p, a, b] = Σ x[p, a·sh − ph + i, b·sw − pw + j] / divisor(a, b), cells outside the image left out of the sum
override WG: u32 = 64;
override KH: u32 = 2;
override KW: u32 = 2;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [planes, H, W]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [planes, outH, outW]

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
  var sum = 0.0;
  for (var a = 0u; a < KH; a++) {
    for (var b = 0u; b < KW; b++) {
      let cell = start + vec2i(vec2u(a, b));
      let near = clamp(cell, vec2i(0), params.image - 1); // clamped instead of a branch, so that loads can overlap
      sum += select(0.0, x[plane + u32(near.x * params.image.y + near.y)], all(cell == near));
    }
  }
  y[i] = sum / divisor_of(start);
}
