//! use lib/flat_index.wgsl
//! use matmul/blocks.wgsl
// C = act(A · B + bias) as tiled.wgsl, for products with many tiles of 128 × 128: a workgroup of 256 threads owns one and
// walks along k in slices of 16, so that a thread stages half as much for as many products. Each keeps 8 × 8 sums in
// registers, as four blocks half a tile apart.
const TILE = 128u;
const DEPTH = 16u;
const HALF = TILE * DEPTH / 2u; // a thread stages four values in each half of a slice
const A_PITCH = select(TILE, 1u, A_ROWS == 4u); // from one of the four values to the next
const B_PITCH = select(TILE, 1u, B_COLUMNS == 4u);

var<workgroup> slice_a: array<f32, DEPTH * TILE>; // [k, row]
var<workgroup> slice_b: array<f32, DEPTH * TILE>; // [k, column]

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let tile = tile_at(flat_group(group, groups), TILE, TILE);
  if (tile.batch >= params.batches) { return; } // uniform, as barriers need it: a folded grid may be longer than C
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
  // 64 neighbouring threads own 8 × 8 blocks: 64 threads cannot read less of the slices
  let x = 4u * (lane % 8u + lane / 128u * 8u);
  let y = 4u * (lane / 8u % 16u);
  let row = tile.row + y;
  let column = tile.column + x;
  let whole = params.k / DEPTH;
  var top_left = mat4x4f();
  var top_right = mat4x4f();
  var bottom_left = mat4x4f();
  var bottom_right = mat4x4f();
  for (var left = whole; left > 0u; left--) { // counting down: the browser adds no loop guard
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
    workgroupBarrier(); // all threads have written their part of the slice
    for (var k = 0u; k < DEPTH / 2u; k++) { // in two halves: compilers unroll no longer loops
      let up = k * TILE + y;
      let down = up + TILE / 2u;
      let left = k * TILE + x;
      let right = left + TILE / 2u;
      let a_top = vec4f(slice_a[up], slice_a[up + 1u], slice_a[up + 2u], slice_a[up + 3u]);
      let a_bottom = vec4f(slice_a[down], slice_a[down + 1u], slice_a[down + 2u], slice_a[down + 3u]);
      let b_left = vec4f(slice_b[left], slice_b[left + 1u], slice_b[left + 2u], slice_b[left + 3u]);
      let b_right = vec4f(slice_b[right], slice_b[right + 1u], slice_b[right + 2u], slice_b[right + 3u]);
      top_left = outer(top_left, a_top, b_left);
      top_right = outer(top_right, a_top, b_right);
      bottom_left = outer(bottom_left, a_bottom, b_left);
      bottom_right = outer(bottom_right, a_bottom, b_right);
    }
    for (var k = DEPTH / 2u; k < DEPTH; k++) {
      let up = k * TILE + y;
      let down = up + TILE / 2u;
      let left = k * TILE + x;
      let right = left + TILE / 2u;
      let a_top = vec4f(slice_a[up], slice_a[up + 1u], slice_a[up + 2u], slice_a[up + 3u]);
      let a_bottom = vec4f(slice_a[down], slice_a[down + 1u], slice_a[down + 2u], slice_a[down + 3u]);
      let b_left = vec4f(slice_b[left], slice_b[left + 1u], slice_b[left + 2u], slice_b[left + 3u]);
      let b_right = vec4f(slice_b[right], slice_b[right + 1u], slice_b[right + 2u], slice_b[right + 3u]);
      top_left = outer(top_left, a_top, b_left);
      top_right = outer(top_right, a_top, b_right);
      bottom_left = outer(bottom_left, a_bottom, b_left);
      bottom_right = outer(bottom_right, a_bottom, b_right);
    }
    workgroupBarrier(); // all threads have read the slice
  }
  for (var k = whole * DEPTH; k < params.k; k++) { // at most 15 steps are left, straight from memory
    let a_top = a_rows(offset.x, row, k);
    let a_bottom = a_rows(offset.x, row + TILE / 2u, k);
    let b_left = b_columns(offset.y, column, k);
    let b_right = b_columns(offset.y, column + TILE / 2u, k);
    top_left = outer(top_left, a_top, b_left);
    top_right = outer(top_right, a_top, b_right);
    bottom_left = outer(bottom_left, a_bottom, b_left);
    bottom_right = outer(bottom_right, a_bottom, b_right);
  }
  store_block(tile.batch, row, column, top_left);
  store_block(tile.batch, row, column + TILE / 2u, top_right);
  store_block(tile.batch, row + TILE / 2u, column, bottom_left);
  store_block(tile.batch, row + TILE / 2u, column + TILE / 2u, bottom_right);
}
