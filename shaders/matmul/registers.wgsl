//! use lib/flat_index.wgsl
//! use matmul/blocks.wgsl
// C = act(A · B + bias), one thread a block of 4 × 4 read straight from memory: no barriers, so it suits software
// adapters, and sums too short to be worth staging.
override WG: u32 = 64;

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let tile = tile_at(flat_index(group, groups, lane, WG), 4u, 4u);
  if (tile.batch >= params.batches) { return; }
  let offset = operand_offsets(tile.batch);
  var at_a = a_at(offset.x, tile.row, 0u);
  var at_b = b_at(offset.y, tile.column, 0u);
  var sums = mat4x4f();
  var k = 0u;
  for (; k + 4u <= params.k; k += 4u) {
    let a4 = a_block(at_a);
    let b4 = b_block(at_b);
    sums = outer(sums, a4[0], b4[0]);
    sums = outer(sums, a4[1], b4[1]);
    sums = outer(sums, a4[2], b4[2]);
    sums = outer(sums, a4[3], b4[3]);
    at_a += a_at(0u, 0u, 4u);
    at_b += b_at(0u, 0u, 4u);
  }
  for (; k < params.k; k++) {
    sums = outer(sums, a_rows(offset.x, tile.row, k), b_columns(offset.y, tile.column, k));
  }
  store_block(tile.batch, tile.row, tile.column, sums);
}
