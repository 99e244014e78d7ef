//! use lib/flat_index.wgsl
//! use loss/class_weight/* as class_weight
//! use softmax/online.wgsl
// q[k] = w[k]·((1 − ε)·t[k] + ε/C),  logp[k] = z[k] − log Σ exp z,  ε = smoothing,  C = cols
// loss  = −Σ_k q[k]·logp[k]
// dz[k] = (p[k]·Σ q − q[k]) · scale
// A row is one (batch, position) of logits [batch, cols, inner]; SLICE lanes work on it. Where q is 0 nothing is added,
// whatever the logit.
struct Params {
  rows: u32,
  cols: u32,
  inner: u32,
  smoothing: f32,
  scale: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> logits: array<f32>;        // [batch, cols, inner]
@group(0) @binding(2) var<storage, read> targets: array<f32>;       // [batch, cols, inner]
@group(0) @binding(5) var<storage, read_write> loss: array<f32>;    // [batch, inner]
@group(0) @binding(6) var<storage, read_write> dlogits: array<f32>; // [batch, cols, inner]

fn wanted(i: u32, k: u32) -> f32 {
  let even = params.smoothing / f32(params.cols);
  return class_weight(k) * ((1.0 - params.smoothing) * targets[i] + even);
}

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
  let first = lane % SLICE;
  var seen = EMPTY;
  for (var k = first; k < cols; k += SLICE) { seen = include(seen, logits[base + k * params.inner]); }
  let total = merge_slice(lane, seen);
  let log_sum = log_of(total.sum);
  var cross = 0.0;
  var mass = 0.0;
  for (var k = first; k < cols; k += SLICE) {
    let i = base + k * params.inner;
    let q = wanted(i, k);
    cross += select(q * (log_sum - (logits[i] - total.greatest)), 0.0, q == 0.0);
    mass += q;
  }
  let loss_of_row = slice_sum(lane, cross);
  let all = slice_sum(lane, mass);
  if (!live) { return; }
  if (first == 0u) { loss[row] = keep_nan(total.sum, loss_of_row); }
  let inverse = 1.0 / total.sum;
  for (var k = first; k < cols; k += SLICE) {
    let i = base + k * params.inner;
    let p = exp_below(logits[i] - total.greatest) * inverse;
    dlogits[i] = (all * p - wanted(i, k)) * params.scale;
  }
}
