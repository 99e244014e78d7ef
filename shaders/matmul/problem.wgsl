//! use matmul/finish.wgsl
//! use matmul/stored_a/* as stored_a
//! use matmul/stored_b/* as stored_b
// What every matmul kernel shares: C[batch, row, column] = act(Σₖ A[batch, row, k] · B[batch, k, column] + bias[column])

// An axis of the batch: its size, and the strides in A and in B; a stride of 0 broadcasts.
struct BatchDim { @align(16) size: u32, a: u32, b: u32 }

struct Params {
  m: u32,
  n: u32,
  k: u32,
  batches: u32,
  a_row: u32,    // strides in elements: A[row, k] lies at row · a_row + k · a_k,
  a_k: u32,
  b_k: u32,      // B[k, column] at k · b_k + column · b_column
  b_column: u32,
  dims: u32,     // how many rows of batch_dims are used
  batch_dims: array<BatchDim, 6>, // innermost first
}

@group(0) @binding(0) var<uniform> params: Params;

struct Tile { batch: u32, row: u32, column: u32 }

// Which tile a workgroup or a thread works on, when each matrix of C is cut into tiles of `height` × `width`.
fn tile_at(index: u32, height: u32, width: u32) -> Tile {
  let rows = (params.m + height - 1u) / height;
  let columns = (params.n + width - 1u) / width;
  let above = index / columns;
  return Tile(above / rows, above % rows * height, index % columns * width);
}

// Where the matrices of one batch index begin in A and in B.
fn operand_offsets(batch: u32) -> vec2u {
  var rest = batch;
  var offsets = vec2u(0u);
  for (var d = 0u; d < params.dims; d++) {
    let dim = params.batch_dims[d];
    offsets += rest % dim.size * vec2u(dim.a, dim.b);
    rest /= dim.size;
  }
  return offsets;
}
