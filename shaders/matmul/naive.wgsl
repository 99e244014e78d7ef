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
