//! use lib/flat_index.wgsl
//! use resize/axes.wgsl
//! use resize/bicubic_axis.wgsl
// y[p, a, b] = Σ_k Σ_l weights(λ)[k]·weights(μ)[l]·x[p, h − 1 + k, w − 1 + l] for k, l = 0..3, with h + λ and w + μ where
// (a, b) lies; cells outside are those at the edge
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
  let row = behind(at.y, 0u);
  let column = behind(at.z, 1u);
  let down = weights(f32(row.y) / f32(params.unit.x));
  let right = weights(f32(column.y) / f32(params.unit.y));
  var sum = 0.0;
  for (var k = 0; k < 4; k++) {
    let h = clamp(row.x - 1 + k, 0, params.image.x - 1);
    let start = (at.x * params.image.x + h) * params.image.y;
    var line = 0.0;
    for (var l = 0; l < 4; l++) {
      let w = clamp(column.x - 1 + l, 0, params.image.y - 1);
      line += right[l] * x[u32(start + w)];
    }
    sum += down[k] * line;
  }
  y[i] = sum;
}
