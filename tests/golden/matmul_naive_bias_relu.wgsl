// ---- activation/relu.wgsl
// act(x) = max(x, 0); act'(0) = 0 as in PyTorch. NaN stays NaN: select keeps x where the comparison is false.
fn act(x: f32) -> f32 { return select(x, 0.0, x <= 0.0); }
fn act_grad(x: f32) -> f32 { return select(1.0, 0.0, x <= 0.0); }

// ---- epilogue/bias.wgsl
// One bias per output channel (convolution) or column (matmul). Always at binding 3.
@group(0) @binding(3) var<storage, read> bias: array<f32>; // [channels]

fn per_channel(value: f32, channel: u32) -> f32 { return value + bias[channel]; }

// ---- preactivation/dropped.wgsl
// z, what the activation is applied to, is not kept: bindings 4 and 6 stay empty.
fn keep_z(value: f32, i: u32) -> f32 { return value; }

// ---- matmul/channel/column.wgsl
// Channels of the epilogue are the columns of C.
fn channel_of(row: u32, column: u32) -> u32 { return column; }

// ---- matmul/stored_c/f32.wgsl
// C is stored as f32.
alias StoredC = f32;
alias StoredC4 = vec4<f32>;

// ---- matmul/stored_a/f32.wgsl
// A is stored as f32.
alias StoredA = f32;
alias StoredA4 = vec4<f32>;

// ---- matmul/stored_b/f32.wgsl
// B is stored as f32.
alias StoredB = f32;
alias StoredB4 = vec4<f32>;

// ---- lib/flat_index.wgsl
// Linear index of this invocation when a long row of workgroups is folded into two dimensions (grid1d in kernel.ts).
fn flat_index(group: vec3u, groups: vec3u, lane: u32, workgroup_size: u32) -> u32 {
  return (group.y * groups.x + group.x) * workgroup_size + lane;
}

// Linear index of this workgroup in a folded grid.
fn flat_group(group: vec3u, groups: vec3u) -> u32 {
  return group.y * groups.x + group.x;
}

// ---- matmul/finish.wgsl
//! use activation/* as act
//! use epilogue/* as epilogue
//! use preactivation/* as preactivation
//! use matmul/channel/* as channel
//! use matmul/stored_c/* as stored_c
// What is stored in C[at], in this row and column: act(z), where z has the bias, or scale and shift, of the channel.
fn finish(sum: f32, row: u32, column: u32, at: u32) -> f32 {
  return act(keep_z(per_channel(sum, channel_of(row, column)), at));
}

// ---- matmul/problem.wgsl
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

// ---- matmul/naive.wgsl
//! use lib/flat_index.wgsl
//! use matmul/problem.wgsl
// C[row, column] = act(Σₖ A[row, k] · B[k, column] + bias[column]), one thread an element: the readable version.
override WG: u32 = 64;

@group(0) @binding(1) var<storage, read> a: array<StoredA>;       // [..., m, k] or transposed [..., k, m]
@group(0) @binding(2) var<storage, read> b: array<StoredB>;       // [..., k, n] or transposed [..., n, k]
@group(0) @binding(5) var<storage, read_write> c: array<StoredC>; // [..., m, n]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.batches * params.m * params.n) { return; }
  let tile = tile_at(i, 1u, 1u);
  let offset = operand_offsets(tile.batch);
  let a_start = offset.x + tile.row * params.a_row;
  let b_start = offset.y + tile.column * params.b_column;
  var sum = 0.0;
  for (var k = 0u; k < params.k; k++) {
    sum = fma(f32(a[a_start + k * params.a_k]), f32(b[b_start + k * params.b_k]), sum);
  }
  c[i] = StoredC(finish(sum, tile.row, tile.column, i));
}
