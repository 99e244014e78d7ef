//! use lib/flat_index.wgsl
//! use matmul/blocks.wgsl
//! use matmul/tile/* as tile
// C = act(A · B + bias). A workgroup owns a tile of C and goes along k in slices of DEPTH, staged in workgroup memory; its
// threads keep their sums in registers, as BLOCKS blocks of 4 × 4.
const HALF_A = HEIGHT * DEPTH / 2u; // a thread stages four values in each half of a slice of A
const HALF_B = WIDTH * DEPTH / 2u; // likewise of B, or four in all where those are enough
const BOTH_B = WIDTH * DEPTH > 4u * WG;
const MAX_SLICES = 0x10000000u; // more than any k has: with a constant bound the browser adds no loop guard
const A_PITCH = select(HEIGHT, 1u, A_ROWS == 4u); // from one of the four values to the next
const B_PITCH = select(WIDTH, 1u, B_COLUMNS == 4u);

var<workgroup> slice_a: array<f32, DEPTH * HEIGHT>; // [k, row]
var<workgroup> slice_b: array<f32, DEPTH * WIDTH>;  // [k, column]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let tile = tile_at(flat_group(group, groups), HEIGHT, WIDTH);
  if (tile.batch >= params.batches) { return; } // uniform, as barriers need it: a folded grid may be longer than C
  let offset = operand_offsets(tile.batch);
  // This thread stages values from A[row_a, k_a] and B[k_b, column_b] on. Indices into workgroup memory are written out
  // rather than computed by functions: where the compiler sees that they are in range it leaves out its clamps.
  let row_a = lane % (HEIGHT / A_ROWS) * A_ROWS;
  let k_a = lane / (HEIGHT / A_ROWS) * (4u / A_ROWS);
  let column_b = lane % (WIDTH / B_COLUMNS) * B_COLUMNS;
  let k_b = lane / (WIDTH / B_COLUMNS) * (4u / B_COLUMNS);
  let to_a = k_a * HEIGHT + row_a;
  let to_b = k_b * WIDTH + column_b;
  var at_a = a_at(offset.x, tile.row + row_a, k_a);
  var at_b = b_at(offset.y, tile.column + column_b, k_b);
  let half_a = a_at(0u, 0u, DEPTH / 2u);
  let half_b = b_at(0u, 0u, DEPTH / 2u);
  let x = 4u * (lane % 8u);
  let y = 4u * (lane / 8u);
  let row = tile.row + y;
  let column = tile.column + x;
  let whole = params.k / DEPTH;
  var top_left = mat4x4f();
  var top_right = mat4x4f();
  var bottom_left = mat4x4f();
  var bottom_right = mat4x4f();
  for (var slice = 0u; slice < MAX_SLICES; slice++) {
    if (slice == whole) { break; }
    let near_a = a_four(at_a);
    let far_a = a_four(at_a + half_a);
    let near_b = b_four(at_b);
    var far_b = vec4f();
    if (BOTH_B) { far_b = b_four(at_b + half_b); }
    at_a += 2u * half_a;
    at_b += 2u * half_b;
    slice_a[to_a] = near_a.x;
    slice_a[to_a + A_PITCH] = near_a.y;
    slice_a[to_a + 2u * A_PITCH] = near_a.z;
    slice_a[to_a + 3u * A_PITCH] = near_a.w;
    slice_a[HALF_A + to_a] = far_a.x;
    slice_a[HALF_A + to_a + A_PITCH] = far_a.y;
    slice_a[HALF_A + to_a + 2u * A_PITCH] = far_a.z;
    slice_a[HALF_A + to_a + 3u * A_PITCH] = far_a.w;
    slice_b[to_b] = near_b.x;
    slice_b[to_b + B_PITCH] = near_b.y;
    slice_b[to_b + 2u * B_PITCH] = near_b.z;
    slice_b[to_b + 3u * B_PITCH] = near_b.w;
    if (BOTH_B) {
      slice_b[HALF_B + to_b] = far_b.x;
      slice_b[HALF_B + to_b + B_PITCH] = far_b.y;
      slice_b[HALF_B + to_b + 2u * B_PITCH] = far_b.z;
      slice_b[HALF_B + to_b + 3u * B_PITCH] = far_b.w;
    }
    workgroupBarrier(); // all threads have written their part of the slice
    for (var k = 0u; k < DEPTH; k++) {
      let up = k * HEIGHT + y;
      let left = k * WIDTH + x;
      let a_top = vec4f(slice_a[up], slice_a[up + 1u], slice_a[up + 2u], slice_a[up + 3u]);
      let b_left = vec4f(slice_b[left], slice_b[left + 1u], slice_b[left + 2u], slice_b[left + 3u]);
      top_left = outer(top_left, a_top, b_left);
      if (BLOCKS == 1u) { continue; }
      let down = up + HEIGHT / 2u;
      let right = left + WIDTH / 2u;
      let a_bottom = vec4f(slice_a[down], slice_a[down + 1u], slice_a[down + 2u], slice_a[down + 3u]);
      let b_right = vec4f(slice_b[right], slice_b[right + 1u], slice_b[right + 2u], slice_b[right + 3u]);
      top_right = outer(top_right, a_top, b_right);
      bottom_left = outer(bottom_left, a_bottom, b_left);
      bottom_right = outer(bottom_right, a_bottom, b_right);
    }
    workgroupBarrier(); // all threads have read the slice
  }
  for (var k = whole * DEPTH; k < params.k; k++) { // the last steps, straight from memory
    let a_top = a_rows(offset.x, row, k);
    let b_left = b_columns(offset.y, column, k);
    top_left = outer(top_left, a_top, b_left);
    if (BLOCKS == 1u) { continue; }
    let a_bottom = a_rows(offset.x, row + HEIGHT / 2u, k);
    let b_right = b_columns(offset.y, column + WIDTH / 2u, k);
    top_right = outer(top_right, a_top, b_right);
    bottom_left = outer(bottom_left, a_bottom, b_left);
    bottom_right = outer(bottom_right, a_bottom, b_right);
  }
  store_block(tile.batch, row, column, top_left);
  if (BLOCKS == 1u) { return; }
  store_block(tile.batch, row, column + WIDTH / 2u, top_right);
  store_block(tile.batch, row + HEIGHT / 2u, column, bottom_left);
  store_block(tile.batch, row + HEIGHT / 2u, column + WIDTH / 2u, bottom_right);
}
