//! use lib/flat_index.wgsl
//! use matmul/blocks.wgsl
// C = act(A · B + bias). A workgroup owns 64 × 64 of C and walks along k in slices of 8, staged k-major so that any
// layout of A and B reads back as vec4; each of its 64 threads keeps 8 × 8 sums in registers, as four blocks 32 apart.
const TILE = 64u;
const QUADS = TILE / 4u; // vec4s in a row of a slice
const DEPTH = 8u;

var<workgroup> slice_a: array<vec4f, DEPTH * QUADS>; // [k, row / 4]
var<workgroup> slice_b: array<vec4f, DEPTH * QUADS>; // [k, column / 4]

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let tile = tile_at(flat_group(group, groups), TILE, TILE);
  if (tile.batch >= params.batches) { return; } // the whole workgroup: a folded grid may be longer than C
  let offset = operand_offsets(tile.batch);
  let quad = lane % QUADS;
  let depth = lane % 32u / QUADS * 4u; // the first of the four k this thread stages
  let stages_a = lane < 32u;           // half the threads stage A, the other half B: whole subgroups where they are 32
  let y = lane / 8u;
  let x = lane % 8u;
  var top_left = mat4x4f();
  var top_right = mat4x4f();
  var bottom_left = mat4x4f();
  var bottom_right = mat4x4f();
  for (var k0 = 0u; k0 < params.k; k0 += DEPTH) {
    let to = depth * QUADS + quad;
    if (stages_a) {
      let values = a_block(offset.x, tile.row + 4u * quad, k0 + depth);
      slice_a[to] = values[0];
      slice_a[to + QUADS] = values[1];
      slice_a[to + 2u * QUADS] = values[2];
      slice_a[to + 3u * QUADS] = values[3];
    } else {
      let values = b_block(offset.y, tile.column + 4u * quad, k0 + depth);
      slice_b[to] = values[0];
      slice_b[to + QUADS] = values[1];
      slice_b[to + 2u * QUADS] = values[2];
      slice_b[to + 3u * QUADS] = values[3];
    }
    workgroupBarrier(); // the slice is complete
    for (var k = 0u; k < DEPTH; k++) {
      let a_top = slice_a[k * QUADS + y];
      let a_bottom = slice_a[k * QUADS + y + 8u];
      let b_left = slice_b[k * QUADS + x];
      let b_right = slice_b[k * QUADS + x + 8u];
      top_left = outer(top_left, a_top, b_left);
      top_right = outer(top_right, a_top, b_right);
      bottom_left = outer(bottom_left, a_bottom, b_left);
      bottom_right = outer(bottom_right, a_bottom, b_right);
    }
    workgroupBarrier(); // everyone has read it before it is overwritten
  }
  let row = tile.row + 4u * y;
  let column = tile.column + 4u * x;
  store_block(tile.batch, row, column, top_left);
  store_block(tile.batch, row, column + 32u, top_right);
  store_block(tile.batch, row + 32u, column, bottom_left);
  store_block(tile.batch, row + 32u, column + 32u, bottom_right);
}
