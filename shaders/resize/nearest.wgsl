//! use lib/flat_index.wgsl
//! use resize/axes.wgsl
// y[p, a, b] = x[p, ⌊position(a)⌋, ⌊position(b)⌋]
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
  let at = place(i, params.result);
  let cell = cell_of(position(at.yz));
  y[i] = x[u32((at.x * params.image.x + cell.x) * params.image.y + cell.y)];
}
