//! use lib/flat_index.wgsl
//! use lib/nan.wgsl
//! use lib/times.wgsl
//! use loss/class_weight/* as class_weight
//! use loss/denominator/* as denominator
//! use loss/label.wgsl
//! use softmax/online.wgsl
// logp[k] = z[k] − log Σ exp z,  t = label,  ε = smoothing,  W = Σ_k w[k],  C = cols
// loss  = (1 − ε)·w[t]·(−logp[t]) + ε/C · Σ_k w[k]·(−logp[k])
// dz[k] = ((1 − ε)·w[t]·(p[k] − [k = t]) + ε/C · (W·p[k] − w[k])) · scale / divisor
// A row is one (batch, position) of logits [batch, cols, inner]; SLICE lanes work on it. An ignored label gives 0, a
// label that is no class gives NaN.
struct Params {
  rows: u32,
  cols: u32,
  inner: u32,
  smoothing: f32,
  scale: f32,
  ignore: u32,
  ignoring: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> logits: array<f32>;        // [batch, cols, inner]
@group(0) @binding(2) var<storage, read> labels: array<u32>;        // [batch, inner]
@group(0) @binding(5) var<storage, read_write> loss: array<f32>;    // [batch, inner]
@group(0) @binding(6) var<storage, read_write> dlogits: array<f32>; // [batch, cols, inner]

// (Σ w[k]·(−logp[k]), W) of the row. Call from uniform control flow.
fn over_classes(lane: u32, base: u32, cols: u32, total: LogSum, log_sum: f32) -> vec2f {
  var even = 0.0;
  var weights = 0.0;
  for (var k = lane % SLICE; k < cols; k += SLICE) {
    let w = class_weight(k);
    even -= times(w, (logits[base + k * params.inner] - total.greatest) - log_sum);
    weights += w;
  }
  return vec2f(slice_sum(lane, even), slice_sum(lane, weights));
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

  var spread = vec2f(0.0);
  if (params.smoothing > 0.0) { spread = over_classes(lane, base, cols, total, log_sum); }
  if (!live) { return; }

  let label = labels[row];
  let ignored = is_ignored(label, params.ignore, params.ignoring);
  let t = min(label, params.cols - 1u);
  let w = select(class_weight(t), quiet_nan(), label >= params.cols);
  let hard = (1.0 - params.smoothing) * w;
  let soft = params.smoothing / f32(params.cols);
  if (first == 0u) {
    let logp = (logits[base + t * params.inner] - total.greatest) - log_sum;
    loss[row] = select(soft * spread.x - times(hard, logp), 0.0, ignored);
  }
  let scale = params.scale / divisor();
  let inverse = 1.0 / total.sum;
  for (var k = first; k < cols; k += SLICE) {
    let i = base + k * params.inner;
    let p = exp_below(logits[i] - total.greatest) * inverse;
    var dz = hard * (p - select(0.0, 1.0, k == t));
    if (params.smoothing > 0.0) { dz += soft * (spread.y * p - class_weight(k)); }
    dlogits[i] = select(dz * scale, 0.0, ignored);
  }
}
