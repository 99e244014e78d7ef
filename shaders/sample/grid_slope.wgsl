//! use lib/flat_index.wgsl
//! use sample/of_grid.wgsl
// dgrid[n, p] = scale · Σ_c dy[n, c, p]·∂y/∂position, ∂y/∂position = Σ_a Σ_b (down[a]·across'[b], down'[a]·across[b])·x[cell]
override WG: u32 = 64;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;           // [N, C, H, W]
@group(0) @binding(2) var<storage, read> grid: array<f32>;        // [N, points, 2]
@group(0) @binding(3) var<storage, read> dy: array<f32>;          // [N, C, points]
@group(0) @binding(4) var<storage, read_write> dgrid: array<f32>; // [N, points, 2]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let first = i / params.points * params.channels;
  let point = i % params.points;
  let at = place(vec2f(grid[2u * i], grid[2u * i + 1u]));
  let image = u32(params.image.x * params.image.y);
  var sum = vec2f(0.0);
  for (var a = 0; a < TAPS; a++) {
    for (var b = 0; b < TAPS; b++) {
      let cell = cell_of(at, a, b);
      var value = 0.0; // Σ_c dy·x of this cell
      if (cell >= 0) {
        for (var c = first; c < first + params.channels; c++) {
          value += dy[c * params.points + point] * x[c * image + u32(cell)];
        }
      }
      sum += value * vec2f(
        at.down.weights[a] * at.across.slopes[b],
        at.down.slopes[a] * at.across.weights[b],
      );
    }
  }
  let slope = select(sum * params.scale, vec2f(0.0), at.unknown);
  dgrid[2u * i] = slope.x;
  dgrid[2u * i + 1u] = slope.y;
}
