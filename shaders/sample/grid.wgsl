//! use lib/flat_index.wgsl
//! use sample/of_grid.wgsl
// y[n, c, p] = Σ_a Σ_b down[a]·across[b]·x[n, c, row a, column b], the taps of the point grid[n, p]; NaN for a point that is
// none.
override WG: u32 = 64;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [N, C, H, W]
@group(0) @binding(2) var<storage, read> grid: array<f32>;    // [N, points, 2]
@group(0) @binding(3) var<storage, read_write> y: array<f32>; // [N, C, points]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let plane = i / params.points;
  let g = 2u * (plane / params.channels * params.points + i % params.points);
  let at = place(vec2f(grid[g], grid[g + 1u]));
  let start = plane * u32(params.image.x * params.image.y);
  var sum = 0.0;
  for (var a = 0; a < TAPS; a++) {
    for (var b = 0; b < TAPS; b++) {
      let cell = cell_of(at, a, b);
      if (cell >= 0) { sum += at.down.weights[a] * at.across.weights[b] * x[start + u32(cell)]; }
    }
  }
  y[i] = select(sum, quiet_nan(), at.unknown);
}
