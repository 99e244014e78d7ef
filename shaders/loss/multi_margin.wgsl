//! use lib/flat_index.wgsl
//! use lib/nan.wgsl
//! use lib/slice_reduce.wgsl
//! use loss/class_weight/* as class_weight
// z[k] = margin − x[t] + x[k],  t = label,  C = cols,  f(z) = max(0, z), or its square where SQUARED is set
// loss  = w[t]/C · Σ_{k≠t} f(z[k])
// dx[k] = w[t]/C · f′(z[k]) · scale for k ≠ t,  dx[t] = −Σ_{k≠t} dx[k]
// A row is one of x [rows, cols]; SLICE lanes work on it. A label that is no class gives NaN.
override SQUARED: bool = false;

struct Params {
  rows: u32,
  cols: u32,
  margin: f32,
  scale: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;             // [rows, cols]
@group(0) @binding(2) var<storage, read> labels: array<u32>;        // [rows]
@group(0) @binding(5) var<storage, read_write> loss: array<f32>;    // [rows]
@group(0) @binding(6) var<storage, read_write> dlogits: array<f32>; // [rows, cols]

// (f(z), f′(z)), and NaN for NaN
fn excess(z: f32) -> vec2f {
  let above = select(z, 0.0, z <= 0.0);
  let line = vec2f(above, keep_nan(z, select(0.0, 1.0, z > 0.0)));
  return select(line, vec2f(above * above, 2.0 * above), SQUARED);
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
  let base = row * params.cols;
  let first = lane % SLICE;
  let label = labels[select(0u, row, live)];
  let t = min(label, params.cols - 1u);
  let w = select(class_weight(t), quiet_nan(), label >= params.cols) / f32(params.cols);
  let start = params.margin - x[select(0u, base, live) + t];
  var sums = vec2f(0.0);
  for (var k = first; k < cols; k += SLICE) {
    if (k != t) { sums += excess(start + x[base + k]); }
  }
  let value = slice_sum(lane, sums.x);
  let slope = slice_sum(lane, sums.y);
  if (!live) { return; }
  if (first == 0u) { loss[row] = w * value; }
  for (var k = first; k < cols; k += SLICE) {
    let own = excess(start + x[base + k]).y;
    dlogits[base + k] = w * select(own, -slope, k == t) * params.scale;
  }
}
