//! use lib/flat_index.wgsl
//! use pool/adaptive.wgsl
// y[p, a, b] = Σ x[p, h, w] / cells over the cells of window (a, b)
override WG: u32 = 64;

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
  let start = start_of(at.yz);
  let end = end_of(at.yz);
  var sum = 0.0;
  for (var h = start.x; h < end.x; h++) {
    let row = (at.x * params.image.x + h) * params.image.y;
    for (var w = start.y; w < end.y; w++) { sum += x[row + w]; }
  }
  let cells = end - start;
  y[i] = sum / f32(cells.x * cells.y);
}
