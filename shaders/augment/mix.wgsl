//! use lib/flat_index.wgsl
// y[n, c, p] = λ·x[n, c, p] + (1 − λ)·x[n − 1, c, p] for p in a box, x[n, c, p] elsewhere; image −1 is the last one
override WG: u32 = 64;

struct Params {
  count: u32,
  each: u32,    // elements of an image
  size: vec2u,  // H, W
  top: u32,     // the box: first row and column, then the row and column after its last ones
  left: u32,
  bottom: u32,
  right: u32,
  part: f32,    // λ
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [N, C, H, W]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [N, C, H, W]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let at = vec2u(i / params.size.y % params.size.x, i % params.size.y);
  let own = x[i];
  if (any((at < vec2u(params.top, params.left)) | (at >= vec2u(params.bottom, params.right))) | (params.part == 1.0)) {
    y[i] = own;
    return;
  }
  let other = x[select(i - params.each, i + params.count - params.each, i < params.each)];
  if (params.part == 0.0) {
    y[i] = other;
  } else {
    y[i] = params.part * own + (1.0 - params.part) * other;
  }
}
