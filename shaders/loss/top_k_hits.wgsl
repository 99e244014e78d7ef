//! use lib/flat_index.wgsl
//! use lib/nan.wgsl
//! use lib/slice_reduce.wgsl
//! use lib/sort_key.wgsl
//! use loss/label.wgsl
// hits = 1 where the label is among the k greatest logits of its row, else 0. Of equal logits the earlier class is the
// greater, and NaN is greater than all numbers: with k = 1 this is [argmax = label].
// A row is one (batch, position) of logits [batch, cols, inner]; SLICE lanes work on it. An ignored label gives 0, a
// label that is no class gives NaN.
struct Params {
  rows: u32,
  cols: u32,
  inner: u32,
  k: u32,
  ignore: u32,
  ignoring: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> logits: array<f32>;     // [batch, cols, inner]
@group(0) @binding(2) var<storage, read> labels: array<u32>;     // [batch, inner]
@group(0) @binding(3) var<storage, read_write> hits: array<f32>; // [batch, inner]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = flat_group(group, groups) * (WG / SLICE) + lane / SLICE;
  let live = row < params.rows;
  let cols = select(0u, params.cols, live);
  let base = select(0u, row / params.inner * params.cols * params.inner + row % params.inner, live);
  let label = labels[select(0u, row, live)];
  let t = min(label, params.cols - 1u);
  let key = sort_key(logits[base + t * params.inner]);
  var greater = 0.0;
  for (var k = lane % SLICE; k < cols; k += SLICE) {
    let other = sort_key(logits[base + k * params.inner]);
    greater += select(0.0, 1.0, (other > key) | ((other == key) & (k < t)));
  }
  let rank = slice_sum(lane, greater);
  if (!live | (lane % SLICE != 0u)) { return; }
  let hit = select(select(0.0, 1.0, u32(rank) < params.k), quiet_nan(), label >= params.cols);
  hits[row] = select(hit, 0.0, is_ignored(label, params.ignore, params.ignoring));
}
