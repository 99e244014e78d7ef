//! inout w
// For every sample of the order in turn, with y = ±1: if y · (w·x) ≤ 0 then w ← w + rate · weight · y · x.
// loss[k] = Σ weight · (−y · w·x)₊. A workgroup has one class against the others; its lanes share the features.
override WG: u32 = 64;

struct Params { samples: u32, features: u32, positive: u32, rate: f32 } // positive: the class of output 0

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;          // [samples, features]
@group(0) @binding(2) var<storage, read> labels: array<u32>;     // [samples]
@group(0) @binding(3) var<storage, read> weights: array<f32>;    // [samples]
@group(0) @binding(4) var<storage, read> order: array<u32>;      // [samples]
@group(0) @binding(5) var<storage, read> going: array<u32>;      // [outputs]: whether it still learns
@group(0) @binding(6) var<storage, read_write> w: array<f32>;    // [outputs, features]
@group(0) @binding(7) var<storage, read_write> loss: array<f32>; // [outputs]

var<workgroup> parts: array<f32, 2 * WG>; // of two samples in turns: one barrier a sample

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let output = group.x;
  let start = output * params.features;
  let samples = select(0u, params.samples, going[output] != 0u);
  var total = 0.0;
  for (var t = 0u; t < params.samples; t++) {
    let row = order[t];
    let base = row * params.features;
    var sum = 0.0;
    for (var c = lane; c < params.features; c += WG) { sum += w[start + c] * x[base + c]; }
    let half = (t & 1u) * WG;
    parts[half + lane] = sum;
    workgroupBarrier();
    var score = 0.0;
    for (var k = 0u; k < WG; k++) { score += parts[half + k]; }
    let y = select(-1.0, 1.0, labels[row] == output + params.positive);
    if ((t < samples) & (y * score <= 0.0)) {
      total -= weights[row] * y * score;
      let step = params.rate * weights[row] * y;
      for (var c = lane; c < params.features; c += WG) { w[start + c] += step * x[base + c]; }
    }
  }
  if (lane == 0u) { loss[output] = total; }
}
