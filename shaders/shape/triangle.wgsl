//! use lib/flat_index.wgsl
// y[b, i, j] = x[b, i, j] where low ≤ j − i ≤ high, else 0: select, not a product, so that a NaN outside gives 0.
override WG: u32 = 256;

struct Params { count: u32, rows: u32, columns: u32, low: i32, high: i32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [batch, rows, columns]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [batch, rows, columns]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let row = i / params.columns % params.rows;
  let diagonal = i32(i % params.columns) - i32(row);
  y[i] = select(0.0, x[i], (diagonal >= params.low) & (diagonal <= params.high));
}
