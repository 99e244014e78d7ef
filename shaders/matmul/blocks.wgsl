//! use matmul/problem.wgsl
//! use matmul/load_a/* as load_a
//! use matmul/load_b/* as load_b
//! use matmul/store_c/* as store_c
// Blocks of 4 × 4: the unit in which the fast kernels load, multiply and store. Rows past m and columns past n hold
// whatever WebGPU reads there: they only reach sums that are never stored. No kernel adds a term past k.

@group(0) @binding(1) var<storage, read> a: array<AElement>;       // [..., m, k] or transposed [..., k, m]
@group(0) @binding(2) var<storage, read> b: array<BElement>;       // [..., k, n] or transposed [..., n, k]
@group(0) @binding(5) var<storage, read_write> c: array<CElement>; // [..., m, n]

// sums[i] + a[i] · b: adds the outer product of a column of A and a row of B.
fn outer(sums: mat4x4f, a: vec4f, b: vec4f) -> mat4x4f {
  return mat4x4f(
    fma(vec4f(a.x), b, sums[0]), fma(vec4f(a.y), b, sums[1]),
    fma(vec4f(a.z), b, sums[2]), fma(vec4f(a.w), b, sums[3]),
  );
}

// sums + A · B for four successive k: a4[j] is a column of A, b4[j] a row of B.
fn add_block(sums: mat4x4f, a4: mat4x4f, b4: mat4x4f) -> mat4x4f {
  return outer(outer(outer(outer(sums, a4[0], b4[0]), a4[1], b4[1]), a4[2], b4[2]), a4[3], b4[3]);
}

// C[row + i, column + j] = act(sums[i][j] + bias[column + j]) for the elements inside C.
fn store_block(batch: u32, row: u32, column: u32, sums: mat4x4f) {
  let start = (batch * params.m + row) * params.n;
  if (row < params.m) { store_c(start, row, column, sums[0]); }
  if (row + 1u < params.m) { store_c(start + params.n, row + 1u, column, sums[1]); }
  if (row + 2u < params.m) { store_c(start + 2u * params.n, row + 2u, column, sums[2]); }
  if (row + 3u < params.m) { store_c(start + 3u * params.n, row + 3u, column, sums[3]); }
}
