//! use lib/flat_index.wgsl
//! use resize/axes.wgsl
//! use resize/bicubic_axis.wgsl
// dx[p, h, w] = Σ dy[p, a, b] · share(a, h) · share(b, w), with share(a, h) = Σ_k weights(λ)[k] over those of the four cells
// around a that are h, or lie outside at h's edge. Only outputs within two cells are visited.
override WG: u32 = 64;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dy: array<f32>;       // [planes, outH, outW]
@group(0) @binding(2) var<storage, read_write> dx: array<f32>; // [planes, H, W]

fn share(output: i32, cell: i32, axis: u32) -> f32 {
  let low = behind(output, axis);
  let four = weights(f32(low.y) / f32(params.unit[axis]));
  var sum = 0.0;
  for (var k = 0; k < 4; k++) {
    let taken = clamp(low.x - 1 + k, 0, params.image[axis] - 1);
    sum += select(0.0, four[k], taken == cell);
  }
  return sum;
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let at = place(i, params.image);
  let first = first_from(at.yz - 2);
  let last = min(first_from(at.yz + 2), params.result - 1);
  var sum = 0.0;
  for (var a = first.x; a <= last.x; a++) {
    let row = (at.x * params.result.x + a) * params.result.y;
    let down = share(a, at.y, 0u);
    for (var b = first.y; b <= last.y; b++) {
      sum += dy[u32(row + b)] * down * share(b, at.z, 1u);
    }
  }
  dx[i] = sum;
}
