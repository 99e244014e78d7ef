//! use lib/flat_index.wgsl
//! use norm/rows.wgsl
//! use norm/affine/* as affine
// y = γ·x̂ + β,  x̂ = (x − mean)·rstd = (x − pivot)·rstd − offset·rstd
struct Params { rows: array<vec4u, 3> }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [N, C, S]
@group(0) @binding(2) var<storage, read> stats: array<vec4f>; // [rows]: pivot, offset, rstd, variance
@group(0) @binding(5) var<storage, read_write> y: array<f32>; // [N, C, S]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let rows = rows_of(params.rows[0], params.rows[1], params.rows[2]);
  var c = start(rows, flat_group(group, groups), lane);
  let s = stats[stats_row(rows, c)];
  let shift = -s.y * s.z;
  while (c.j < c.end) {
    let i = index(rows, c);
    y[i] = affine(fma(x[i] - s.x, s.z, shift), channel(rows, c)); // pivot first: x − pivot is exact
    c = next(rows, c);
  }
}
