//! use lib/flat_index.wgsl
//! use lib/nan.wgsl
//! use lib/unit.wgsl
//! use loss/ranking/* as ranking
// near[n] = max_{label[j] = label[n]} ‖x[n] − x[j]‖,  far[n] = min_{label[j] ≠ label[n]} ‖x[n] − x[j]‖
// loss[n] = rank(near[n] − far[n]), and 0 where no label differs
// A workgroup has a row n and its lanes the candidates j; the first of equally far ones wins.
override WG: u32 = 64;

struct Params { rows: u32, cols: u32, margin: f32 }

const NO_ROW = 0xffffffffu;
const NOT_A_NUMBER = 0x80000000u; // a key above those of numbers

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;                // [rows, cols]
@group(0) @binding(2) var<storage, read> labels: array<u32>;           // [rows]
@group(0) @binding(3) var<storage, read_write> hardest: array<u32>;    // [rows, 2]: j of near and of far
@group(0) @binding(4) var<storage, read_write> distances: array<f32>;  // [rows, 2]: near and far
@group(0) @binding(5) var<storage, read_write> loss: array<f32>;       // [rows]

var<workgroup> negatives: array<vec2u, WG>; // (key, j)
var<workgroup> positives: array<vec2u, WG>; // (key, j)

// The pair with the greater key; of equal keys that with the smaller j. Keys are the bits of distances, which have the same
// order as the distances, with NaN above all numbers.
fn better(a: vec2u, b: vec2u) -> vec2u {
  return select(b, a, (a.x > b.x) | ((a.x == b.x) & (a.y < b.y)));
}

// Σ ((x[n] − x[j]) / unit)²
fn square_between(n: u32, j: u32, unit: f32) -> f32 {
  var sum = 0.0;
  for (var k = 0u; k < params.cols; k++) {
    let d = (x[n * params.cols + k] - x[j * params.cols + k]) / unit;
    sum += d * d;
  }
  return sum;
}

// ‖x[n] − x[j]‖, in units of the largest difference where squares over- or underflow
fn distance_between(n: u32, j: u32) -> f32 {
  var square = square_between(n, j, 1.0);
  var unit = 1.0;
  if (!((square > 1e-30) & (square < 1e38))) {
    var largest = 0.0;
    for (var k = 0u; k < params.cols; k++) {
      largest = max(largest, abs(x[n * params.cols + k] - x[j * params.cols + k]));
    }
    unit = unit_near(largest);
    square = square_between(n, j, unit);
  }
  return select(unit * sqrt(square), quiet_nan(), is_nan(square));
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let n = flat_group(group, groups);
  if (n >= params.rows) { return; }
  var far = vec2u(0u, NO_ROW); // with inverted keys: the greatest key is the nearest
  var near = vec2u(0u, NO_ROW);
  for (var j = lane; j < params.rows; j += WG) {
    let distance = distance_between(n, j);
    let key = bitcast<u32>(distance) & 0x7fffffffu;
    if (labels[j] == labels[n]) {
      near = better(near, vec2u(key, j));
    } else {
      // NaN comes first here too, so that it is not lost
      far = better(far, vec2u(select(0x7fffffffu - key, NOT_A_NUMBER, is_nan(distance)), j));
    }
  }
  negatives[lane] = far;
  positives[lane] = near;
  workgroupBarrier();
  for (var stride = WG / 2u; stride > 0u; stride >>= 1u) {
    if (lane < stride) {
      negatives[lane] = better(negatives[lane], negatives[lane + stride]);
      positives[lane] = better(positives[lane], positives[lane + stride]);
    }
    workgroupBarrier();
  }
  if (lane != 0u) { return; }
  let negative = negatives[0];
  let positive = positives[0];
  let near_distance = bitcast<f32>(positive.x);
  let bits = select(0x7fffffffu - negative.x, 0x7fc00000u, negative.x == NOT_A_NUMBER);
  let far_distance = select(bitcast<f32>(bits), 0.0, negative.y == NO_ROW);
  hardest[2u * n] = positive.y;
  hardest[2u * n + 1u] = negative.y;
  distances[2u * n] = near_distance;
  distances[2u * n + 1u] = far_distance;
  loss[n] = select(rank(near_distance - far_distance, params.margin), 0.0, negative.y == NO_ROW);
}
