//! use lib/flat_index.wgsl
//! use matmul/blocks.wgsl
//! use matmul/length/* as length
//! use matmul/tail/* as tail
// A thread computes one block of C, read straight from memory: no barriers, so it suits software adapters, and sums too
// short to be worth staging. The kernel says what a block is: BLOCK_HEIGHT × BLOCK_WIDTH, its Sums, how four successive
// k and one k are added to them, how Sums are added to Sums, and how they are stored.
fn multiply_block(index: u32) {
  let tile = tile_at(index, BLOCK_HEIGHT, BLOCK_WIDTH);
  if (tile.batch >= params.batches) { return; }
  let offset = operand_offsets(tile.batch);
  let sums = sum_fours(a_at(offset.x, tile.row, 0u), b_at(offset.y, tile.column, 0u));
  store_sums(tile.batch, tile.row, tile.column, add_tail(sums, offset, tile.row, tile.column));
}

// One of four rows.
fn row_of(rows: mat4x4f, i: u32) -> vec4f {
  let odd = (i & 1u) != 0u;
  let low = select(rows[0], rows[1], odd);
  let high = select(rows[2], rows[3], odd);
  return select(low, high, i > 1u);
}

// One of four blocks.
fn block_of(first: mat4x4f, second: mat4x4f, third: mat4x4f, fourth: mat4x4f, i: u32) -> mat4x4f {
  return mat4x4f(
    row_of(mat4x4f(first[0], second[0], third[0], fourth[0]), i),
    row_of(mat4x4f(first[1], second[1], third[1], fourth[1]), i),
    row_of(mat4x4f(first[2], second[2], third[2], fourth[2]), i),
    row_of(mat4x4f(first[3], second[3], third[3], fourth[3]), i),
  );
}

// As store_block, but in a loop: a quarter of the code, whose compilation is the slowest part on a software adapter.
fn store_rows(batch: u32, row: u32, column: u32, sums: mat4x4f) {
  let end = min(row + 4u, params.m);
  for (var i = row; i < end; i++) { store_c((batch * params.m + i) * params.n, i, column, row_of(sums, i - row)); }
}
