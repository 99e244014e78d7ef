//! use lib/flat_index.wgsl
// z = (x[start + r, c] − shift[c]) · factor[c] · weight[start + r], in two summands:
// y[r, c] = ⌊256·z + ½⌋ / 256 and y[r, features + c] = z − y[r, c]; rows behind the last of x give 0.
// Products of two first summands have few enough digits for an f32 to add up 128 of them exactly.
override WG: u32 = 64;

struct Params { rows: u32, start: u32, samples: u32, features: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [samples, features]
@group(0) @binding(2) var<storage, read> shift: array<f32>;   // [features]
@group(0) @binding(3) var<storage, read> factor: array<f32>;  // [features]
@group(0) @binding(4) var<storage, read> weight: array<f32>;  // [samples]
@group(0) @binding(5) var<storage, read_write> y: array<f32>; // [rows, 2 · features]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let e = flat_index(group, groups, lane, WG);
  if (e >= params.rows * params.features) { return; }
  let r = e / params.features;
  let c = e - r * params.features;
  let row = params.start + r;
  var z = 0.0;
  if (row < params.samples) {
    z = (x[row * params.features + c] - shift[c]) * factor[c] * weight[row];
  }
  let high = floor(256.0 * z + 0.5) * (1.0 / 256.0);
  let at = 2 * r * params.features + c;
  y[at] = high;
  y[at + params.features] = z - high;
}
