//! use lib/flat_index.wgsl
//! use lib/ln.wgsl
//! use lib/times.wgsl
//! use loss/class_weight/* as class_weight
//! use loss/denominator/* as denominator
//! use loss/label.wgsl
//! use softmax/online.wgsl
// p = softmax(z),  t = label,  q = 1 − p[t] = Σ_{k≠t} p[k],  g = gamma
// loss  = −w[t]·qᵍ·log p[t]
// dz[k] = −w[t]·qᵍ·(1 − g·p[t]·log p[t] / q)·([k = t] − p[k]) · scale / divisor
// A row is one (batch, position) of logits [batch, cols, inner]; SLICE lanes work on it. An ignored label gives 0, a
// label that is no class gives NaN. q is summed rather than subtracted, so that it stays accurate where p[t] is near 1.
struct Params {
  rows: u32,
  cols: u32,
  inner: u32,
  gamma: f32,
  scale: f32,
  ignore: u32,
  ignoring: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> logits: array<f32>;        // [batch, cols, inner]
@group(0) @binding(2) var<storage, read> labels: array<u32>;        // [batch, inner]
@group(0) @binding(5) var<storage, read_write> loss: array<f32>;    // [batch, inner]
@group(0) @binding(6) var<storage, read_write> dlogits: array<f32>; // [batch, cols, inner]

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
  let label = labels[select(0u, row, live)];
  let t = min(label, params.cols - 1u);
  var seen = EMPTY;
  var others = EMPTY;
  for (var k = first; k < cols; k += SLICE) {
    let z = logits[base + k * params.inner];
    seen = include(seen, z);
    if (k != t) { others = include(others, z); }
  }
  let total = merge_slice(lane, seen);
  let rest = slice_sum(lane, others.sum * exp_below(others.greatest - total.greatest));
  if (!live) { return; }

  let ignored = is_ignored(label, params.ignore, params.ignoring);
  let w = select(class_weight(t), quiet_nan(), label >= params.cols);
  let at = base + t * params.inner;
  let inverse = 1.0 / total.sum;
  let q = rest * inverse;
  // where the label is likely, ln(1 − q) is more accurate than the difference of the logits
  let apart = (logits[at] - total.greatest) - log_of(total.sum);
  let logp = select(apart, -log1p_unit(q / (1.0 - q)), q < 0.5);
  let power = w * unit_power(q, params.gamma);
  if (first == 0u) { loss[row] = select(-times(power, logp), 0.0, ignored); }
  let p_label = exp_below(logits[at] - total.greatest) * inverse;
  let ease = select(params.gamma * p_label * logp / q, 0.0, (q == 0.0) | (p_label == 0.0));
  let pull = power * (1.0 - ease) * params.scale / divisor();
  for (var k = first; k < cols; k += SLICE) {
    let i = base + k * params.inner;
    let p = exp_below(logits[i] - total.greatest) * inverse;
    dlogits[i] = select(pull * select(p, -q, k == t), 0.0, ignored);
  }
}
