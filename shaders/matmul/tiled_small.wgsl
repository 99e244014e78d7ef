//! use lib/flat_index.wgsl
//! use matmul/blocks.wgsl
// C = act(A · B + bias) as tiled.wgsl, for products with too few tiles of 128 × 64 to fill a card: a workgroup owns
// 32 × 32 of C and walks along k in slices of 16; each of its 64 threads keeps a block of 4 × 4 sums.
const TILE = 32u;
const DEPTH = 16u;
const HALF = TILE * DEPTH / 2u; // a thread stages four values in each half of a slice
const MAX_SLICES = 0x10000000u; // more than any k has: a constant bound spares the browser's own loop guard
const A_PITCH = select(TILE, 1u, A_ROWS == 4u); // from one of the four values to the next
const B_PITCH = select(TILE, 1u, B_COLUMNS == 4u);

var<workgroup> slice_a: array<f32, DEPTH * TILE>; // [k, row]
var<workgroup> slice_b: array<f32, DEPTH * TILE>; // [k, column]

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let tile = tile_at(flat_group(group, groups), TILE, TILE);
  if (tile.batch >= params.batches) { return; } // the whole workgroup: a folded grid may be longer than C
  let offset = operand_offsets(tile.batch);
  // Where this thread's share begins; written out for the reason given in tiled.wgsl.
  let row_a = lane % (TILE / A_ROWS) * A_ROWS;
  let k_a = lane / (TILE / A_ROWS) * (4u / A_ROWS);
  let column_b = lane % (TILE / B_COLUMNS) * B_COLUMNS;
  let k_b = lane / (TILE / B_COLUMNS) * (4u / B_COLUMNS);
  let to_a = k_a * TILE + row_a;
  let to_b = k_b * TILE + column_b;
  var at_a = a_at(offset.x, tile.row + row_a, k_a);
  var at_b = b_at(offset.y, tile.column + column_b, k_b);
  let half_a = a_at(0u, 0u, DEPTH / 2u);
  let half_b = b_at(0u, 0u, DEPTH / 2u);
  let x = 4u * (lane % 8u);
  let y = 4u * (lane / 8u);
  let row = tile.row + y;
  let column = tile.column + x;
  let whole = params.k / DEPTH;
  var sums = mat4x4f();
  for (var slice = 0u; slice < MAX_SLICES; slice++) {
    if (slice == whole) { break; }
    let near_a = a_four(at_a);
    let far_a = a_four(at_a + half_a);
    let near_b = b_four(at_b);
    let far_b = b_four(at_b + half_b);
    at_a += 2u * half_a;
    at_b += 2u * half_b;
    slice_a[to_a] = near_a.x;
    slice_a[to_a + A_PITCH] = near_a.y;
    slice_a[to_a + 2u * A_PITCH] = near_a.z;
    slice_a[to_a + 3u * A_PITCH] = near_a.w;
    slice_a[HALF + to_a] = far_a.x;
    slice_a[HALF + to_a + A_PITCH] = far_a.y;
    slice_a[HALF + to_a + 2u * A_PITCH] = far_a.z;
    slice_a[HALF + to_a + 3u * A_PITCH] = far_a.w;
    slice_b[to_b] = near_b.x;
    slice_b[to_b + B_PITCH] = near_b.y;
    slice_b[to_b + 2u * B_PITCH] = near_b.z;
    slice_b[to_b + 3u * B_PITCH] = near_b.w;
    slice_b[HALF + to_b] = far_b.x;
    slice_b[HALF + to_b + B_PITCH] = far_b.y;
    slice_b[HALF + to_b + 2u * B_PITCH] = far_b.z;
    slice_b[HALF + to_b + 3u * B_PITCH] = far_b.w;
    workgroupBarrier(); // the slice is complete
    for (var k = 0u; k < DEPTH; k++) {
      let up = k * TILE + y;
      let left = k * TILE + x;
      let a4 = vec4f(slice_a[up], slice_a[up + 1u], slice_a[up + 2u], slice_a[up + 3u]);
      let b4 = vec4f(slice_b[left], slice_b[left + 1u], slice_b[left + 2u], slice_b[left + 3u]);
      sums = outer(sums, a4, b4);
    }
    workgroupBarrier(); // everyone has read it
  }
  for (var k = whole * DEPTH; k < params.k; k++) { // at most 15 steps are left, straight from memory
    sums = outer(sums, a_rows(offset.x, row, k), b_columns(offset.y, column, k));
  }
  store_block(tile.batch, row, column, sums);
}
