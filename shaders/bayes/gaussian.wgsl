//! use lib/flat_index.wgsl
// y[r, k] = bias[k] − Σ_j ((x[r, j] − shift[j]) − centre[k, j])² · weight[k, j]
// With weight = 1 / 2σ² and bias = log prior − ½ Σ_j log 2πσ²: the log of class k's prior times its normal densities.
override WG: u32 = 64;

struct Params { rows: u32, features: u32, classes: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [rows, features]
@group(0) @binding(2) var<storage, read> shift: array<f32>;   // [features]
@group(0) @binding(3) var<storage, read> centre: array<f32>;  // [classes, features]
@group(0) @binding(4) var<storage, read> weight: array<f32>;  // [classes, features]
@group(0) @binding(5) var<storage, read> bias: array<f32>;    // [classes]
@group(0) @binding(6) var<storage, read_write> y: array<f32>; // [rows, classes]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let e = flat_index(group, groups, lane, WG);
  if (e >= params.rows * params.classes) { return; }
  let row = e / params.classes;
  let class_index = e - row * params.classes;
  var sum = 0.0;
  for (var j = 0u; j < params.features; j++) {
    let of_class = class_index * params.features + j;
    let away = (x[row * params.features + j] - shift[j]) - centre[of_class];
    sum += away * away * weight[of_class];
  }
  y[e] = bias[class_index] - sum;
}
