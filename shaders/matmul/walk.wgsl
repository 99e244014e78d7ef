//! use lib/flat_index.wgsl
//! use matmul/blocks.wgsl
// A thread computes one block of C, read straight from memory: no barriers, so it suits software adapters, and sums too
// short to be worth staging. The kernel says what a block is: BLOCK_HEIGHT × BLOCK_WIDTH, its Sums, how four successive
// k and one k are added to them, and how they are stored.
fn multiply_block(index: u32) {
  let tile = tile_at(index, BLOCK_HEIGHT, BLOCK_WIDTH);
  if (tile.batch >= params.batches) { return; }
  let offset = operand_offsets(tile.batch);
  var at_a = a_at(offset.x, tile.row, 0u);
  var at_b = b_at(offset.y, tile.column, 0u);
  var sums = Sums();
  var k = 0u;
  for (; k + 4u <= params.k; k += 4u) {
    sums = add_four(sums, at_a, at_b);
    at_a += a_at(0u, 0u, 4u);
    at_b += b_at(0u, 0u, 4u);
  }
  for (; k < params.k; k++) { sums = add_one(sums, offset, tile.row, tile.column, k); }
  store_sums(tile.batch, tile.row, tile.column, sums);
}
