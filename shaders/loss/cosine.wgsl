//! use loss/cosine_row.wgsl
// y = a·b / (|a|·|b|) of every row
@group(0) @binding(3) var<storage, read_write> y: array<f32>; // [outer, inner]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = flat_group(group, groups) * (WG / SLICE) + lane / SLICE;
  let live = row < params.rows;
  let cols = select(0u, params.cols, live);
  let base = row / params.inner * params.cols * params.inner + row % params.inner;
  let unit = units(lane, base, cols);
  let sums = products(lane, base, cols, unit);
  if (live & (lane % SLICE == 0u)) { y[row] = cosine_of(sums, lengths(sums, unit)); }
}
