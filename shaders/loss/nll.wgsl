//! use lib/flat_index.wgsl
//! use lib/nan.wgsl
//! use lib/times.wgsl
//! use loss/class_weight/* as class_weight
//! use loss/denominator/* as denominator
//! use loss/label.wgsl
// loss = −w[t]·x[t],  dx[k] = −w[t]·[k = t] · scale / divisor,  t = label, x the logarithms of probabilities
// A row is one (batch, position) of x [batch, cols, inner]; a lane has one element. An ignored label gives 0, a label that
// is no class gives NaN.
override WG: u32 = 256;

struct Params {
  count: u32,
  cols: u32,
  inner: u32,
  scale: f32,
  ignore: u32,
  ignoring: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> logp: array<f32>;          // [batch, cols, inner]
@group(0) @binding(2) var<storage, read> labels: array<u32>;        // [batch, inner]
@group(0) @binding(5) var<storage, read_write> loss: array<f32>;    // [batch, inner]
@group(0) @binding(6) var<storage, read_write> dlogits: array<f32>; // [batch, cols, inner]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let k = i / params.inner % params.cols;
  let batch = i / (params.cols * params.inner);
  let row = batch * params.inner + i % params.inner;
  let label = labels[row];
  let ignored = is_ignored(label, params.ignore, params.ignoring);
  let t = min(label, params.cols - 1u);
  let w = select(class_weight(t), quiet_nan(), label >= params.cols);
  let slope = select(0.0, -w * params.scale / divisor(), (k == t) | is_nan(w));
  dlogits[i] = select(slope, 0.0, ignored);
  if (k != 0u) { return; }
  loss[row] = select(-times(w, logp[i + t * params.inner]), 0.0, ignored);
}
