//! use lib/flat_index.wgsl
//! use optim/gradient/* as gradient
// Arenas hold all parameters of a model, each starting at a multiple of 64 elements. block_row says which of `rows`, which
// the shader declares, holds the numbers for a block of 64; a block without one (0xffffffff) is left alone. A lane updates
// four elements.
override WG: u32 = 256;

struct Params {
  vectors: u32, // elements / 4
  rows: u32,    // parameter groups, once for each number of steps their parameters have taken
}

const NOTHING = 0xffffffffu;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> grads: array<vec4f>;   // [elements]
@group(0) @binding(2) var<storage, read> block_row: array<u32>; // [elements / 64]

// Row of the vec4 at i, or NOTHING.
fn row_of(i: u32) -> u32 {
  if ((i >= params.vectors) | skipped()) { return NOTHING; }
  let row = block_row[i / 16u];
  return select(NOTHING, row, row < params.rows);
}
