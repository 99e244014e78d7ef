//! use lib/flat_index.wgsl
//! use element/* as element
// y[b, j, i] = x[b, i, j], a 32×32 tile at a time through workgroup memory, so that neighbouring threads read
// neighbouring elements of x and write neighbouring elements of y.
const TILE = 32u;
const ROWS = 8u; // rows of a tile that the workgroup moves at once

struct Params { batch: u32, rows: u32, columns: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>;       // [batch, rows, columns]
@group(0) @binding(2) var<storage, read_write> y: array<Element>; // [batch, columns, rows]

var<workgroup> tile: array<Element, TILE * (TILE + 1u)>; // rows padded by one against bank conflicts

@compute @workgroup_size(TILE, ROWS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) lane: vec3u,
) {
  let across = (params.columns + TILE - 1u) / TILE;
  let down = (params.rows + TILE - 1u) / TILE;
  let work = flat_group(group, groups);
  let corner = vec2u(work % across, work / across % down) * TILE; // (column, row) in x of the tile's first element
  let b = work / (across * down);
  let matrix = b * params.rows * params.columns;
  let real = b < params.batch;
  for (var k = 0u; k < TILE; k += ROWS) {
    let row = corner.y + lane.y + k;
    let column = corner.x + lane.x;
    if (real & (row < params.rows) & (column < params.columns)) {
      tile[(lane.y + k) * (TILE + 1u) + lane.x] = x[matrix + row * params.columns + column];
    }
  }
  workgroupBarrier();
  for (var k = 0u; k < TILE; k += ROWS) {
    let row = corner.y + lane.x;
    let column = corner.x + lane.y + k;
    if (real & (row < params.rows) & (column < params.columns)) {
      y[matrix + column * params.rows + row] = tile[lane.x * (TILE + 1u) + lane.y + k];
    }
  }
}
