//! use lib/flat_index.wgsl
//! use matmul/blocks.wgsl
// C = act(A · B + bias), one thread a block of 4 × 4 read straight from memory: no barriers, so it suits software
// adapters and grids too small to fill a card.
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
  var sums = mat4x4f();
  for (var k = 0u; k < params.k; k += 4u) {
    let a4 = a_block(offset.x, tile.row, k);
    let b4 = b_block(offset.y, tile.column, k);
    sums = outer(sums, a4[0], b4[0]);
    sums = outer(sums, a4[1], b4[1]);
    sums = outer(sums, a4[2], b4[2]);
    sums = outer(sums, a4[3], b4[3]);
  }
  store_block(tile.batch, tile.row, tile.column, sums);
}
