//! use lib/flat_index.wgsl
//! use sample/of_grid.wgsl
// parts[n, c, p, tap] = down[a]·across[b]·dy[n, c, p] and cells[n, p, tap], the cell of the image to whose gradient it is to
// be added, for tap = a·TAPS + b; the largest number for no cell.
override WG: u32 = 64;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> grid: array<f32>;        // [N, points, 2]
@group(0) @binding(2) var<storage, read> dy: array<f32>;          // [N, C, points]
@group(0) @binding(3) var<storage, read_write> parts: array<f32>; // [N, C, points, TAPS²]
@group(0) @binding(4) var<storage, read_write> cells: array<u32>; // [N, points, TAPS²]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let plane = i / params.points;
  let point = plane / params.channels * params.points + i % params.points;
  let at = place(vec2f(grid[2u * point], grid[2u * point + 1u]));
  for (var a = 0; a < TAPS; a++) {
    for (var b = 0; b < TAPS; b++) {
      let tap = u32(a * TAPS + b);
      let part = at.down.weights[a] * at.across.weights[b] * dy[i];
      parts[i * u32(TAPS * TAPS) + tap] = select(part, 0.0, at.unknown);
      if (plane % params.channels != 0u) { continue; }
      let cell = select(cell_of(at, a, b), -1, at.unknown);
      cells[point * u32(TAPS * TAPS) + tap] = u32(cell); // −1 is the largest number
    }
  }
}
