//! use lib/flat_index.wgsl
//! use softmax/online.wgsl
// y[k] = exp(x[k] − m) / Σ exp(x − m), or its logarithm (x[k] − m) − log Σ exp(x − m), m = max x
// over axis k of [outer, cols, inner]; a row is one (outer, inner). SLICE lanes work on a row.
override LOG: u32 = 0; // 1 for the logarithm

struct Params { rows: u32, cols: u32, inner: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [outer, cols, inner]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [outer, cols, inner]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = flat_group(group, groups) * (WG / SLICE) + lane / SLICE;
  let cols = select(0u, params.cols, row < params.rows);
  let base = row / params.inner * params.cols * params.inner + row % params.inner;
  var seen = EMPTY;
  for (var k = lane % SLICE; k < cols; k += SLICE) { seen = include(seen, x[base + k * params.inner]); }
  let total = merge_slice(lane, seen);
  let inverse = 1.0 / total.sum;
  let log_sum = log_of(total.sum);
  for (var k = lane % SLICE; k < cols; k += SLICE) {
    let i = base + k * params.inner;
    let below = x[i] - total.greatest;
    if (LOG == 1u) { y[i] = below - log_sum; } else { y[i] = exp_below(below) * inverse; }
  }
}
