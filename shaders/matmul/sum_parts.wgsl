//! use lib/flat_index.wgsl
//! use matmul/finish.wgsl
//! use matmul/store_c/* as store_c
// C = act(Σₛ partial[s] + bias): adds the products of the parts that k was cut into, always from the first to the last.
override WG: u32 = 64;

struct Params {
  rows: u32, // rows of all matrices of C together
  m: u32,    // rows of one matrix
  n: u32,
  parts: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> partial: array<f32>;      // [parts, rows, n]
@group(0) @binding(5) var<storage, read_write> c: array<CElement>; // [rows, n]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG); // a thread adds four columns of a row
  let fours = (params.n + 3u) / 4u;
  let row = i / fours;
  if (row >= params.rows) { return; }
  let column = i % fours * 4u;
  let start = row * params.n;
  var sums = vec4f(0.0);
  for (var part = 0u; part < params.parts; part++) {
    let at = part * params.rows * params.n + start + column; // columns past n are read, but not stored
    sums += vec4f(partial[at], partial[at + 1u], partial[at + 2u], partial[at + 3u]);
  }
  store_c(start, row % params.m, column, sums);
}
