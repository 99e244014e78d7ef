//! use lib/exp_below.wgsl
//! use lib/flat_index.wgsl
//! use lib/slice_reduce.wgsl
// y = softmax(x):      dx[k] = y[k] · (dy[k] − Σ dy · y)
// y = log softmax(x):  dx[k] = dy[k] − exp(y[k]) · Σ dy
// over axis k of [outer, cols, inner]; a row is one (outer, inner). SLICE lanes work on a row.
override LOG: u32 = 0; // 1 for the logarithm

struct Params { rows: u32, cols: u32, inner: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> y: array<f32>;        // [outer, cols, inner]
@group(0) @binding(2) var<storage, read> dy: array<f32>;       // [outer, cols, inner]
@group(0) @binding(3) var<storage, read_write> dx: array<f32>; // [outer, cols, inner]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = flat_group(group, groups) * (WG / SLICE) + lane / SLICE;
  let cols = select(0u, params.cols, row < params.rows);
  let base = row / params.inner * params.cols * params.inner + row % params.inner;
  var sum = 0.0;
  for (var k = lane % SLICE; k < cols; k += SLICE) {
    let i = base + k * params.inner;
    if (LOG == 1u) { sum += dy[i]; } else { sum += dy[i] * y[i]; }
  }
  let total = slice_sum(lane, sum);
  for (var k = lane % SLICE; k < cols; k += SLICE) {
    let i = base + k * params.inner;
    if (LOG == 1u) { dx[i] = dy[i] - exp_below(y[i]) * total; } else { dx[i] = y[i] * (dy[i] - total); }
  }
}
