//! inout centres
//! inout state
// c_k ← (m c_k + Σ x) / (m + n_k) with m = keep · mass_k, from the sums of all parts: with keep = 0 the mean of a cluster's
// points (Lloyd), with keep = 1 the mean of all points it ever got (mini-batch). Then ‖c_k‖², and whether to go on:
// state = (done, rounds, inertia and Σ ‖Δc‖² of the last rounds). done is 1 where Σ ‖Δc‖² ≤ tol, and 2 where a cluster
// has no point: then nothing moves. One workgroup.
override WG: u32 = 64;

struct Params {
  clusters: u32, // number of clusters, without padding
  stride: u32,   // padded to a multiple of four
  quarters: u32,
  parts: u32,
  kept: u32,  // number of rounds whose inertia and Σ ‖Δc‖² are in state
  wait: u32,  // whether a cluster without points stops the rounds
  keep: f32,
  tol: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> partials: array<vec4f>;      // [parts, stride, quarters + 1]
@group(0) @binding(2) var<storage, read_write> sums: array<vec4f>;    // [stride, quarters + 1]: Σ x, (n, inertia, 0, 0)
@group(0) @binding(3) var<storage, read_write> centres: array<vec4f>; // [stride, quarters + 1]: c, (‖c‖², mass, 0, 0)
@group(0) @binding(4) var<storage, read_write> state: array<f32>;     // [2 + 2 kept]

var<workgroup> empty: atomic<u32>;
var<workgroup> totals: array<vec2f, WG>; // (Σ ‖Δc‖², inertia)

// Sums all parts and notes whether a cluster is empty.
fn collect(lane: u32) {
  let row = params.quarters + 1u;
  let length = params.stride * row;
  for (var e = lane; e < length; e += WG) {
    var sum = vec4f(0.0);
    for (var p = 0u; p < params.parts; p++) { sum += partials[p * length + e]; }
    sums[e] = sum;
    let counts = (e % row == params.quarters) & (e < params.clusters * row);
    if (counts & (sum.x == 0.0)) { atomicOr(&empty, params.wait); }
  }
}

// Moves all centres; returns this lane's part of Σ ‖Δc‖².
fn shift_centres(lane: u32) -> f32 {
  let row = params.quarters + 1u;
  var shift = 0.0;
  for (var e = lane; e < params.clusters * row; e += WG) {
    let tail = e / row * row + params.quarters;
    if (e == tail) { continue; }
    let mass = params.keep * centres[tail].y;
    let total = mass + sums[tail].x;
    if (total > 0.0) {
      let old = centres[e];
      let c = (mass * old + sums[e]) / total;
      shift += dot(c - old, c - old);
      centres[e] = c;
    }
  }
  return shift;
}

// ‖c‖² and the masses; returns this lane's part of the inertia.
fn settle(lane: u32) -> f32 {
  let row = params.quarters + 1u;
  var inertia = 0.0;
  for (var k = lane; k < params.clusters; k += WG) {
    var norm = 0.0;
    for (var q = 0u; q < params.quarters; q++) {
      let c = centres[k * row + q];
      norm += dot(c, c);
    }
    let tail = k * row + params.quarters;
    inertia += sums[tail].y;
    centres[tail] = vec4f(norm, params.keep * centres[tail].y + sums[tail].x, 0.0, 0.0);
  }
  return inertia;
}

@compute @workgroup_size(WG)
fn main(@builtin(local_invocation_index) lane: u32) {
  let before = state[0];
  let round = state[1];
  collect(lane);
  storageBarrier();
  workgroupBarrier();
  let stops = atomicLoad(&empty) != 0u;
  let moves = (before == 0.0) & !stops;
  var total = vec2f(0.0);
  if (moves) { total.x = shift_centres(lane); }
  storageBarrier(); // the norms below read whole centres, and masses are overwritten
  workgroupBarrier();
  if (moves) { total.y = settle(lane); }
  totals[lane] = total;
  workgroupBarrier();
  for (var half = WG / 2u; half > 0u; half /= 2u) {
    if (lane < half) { totals[lane] += totals[lane + half]; }
    workgroupBarrier();
  }
  if ((lane != 0u) | (before != 0.0)) { return; }
  if (stops) {
    state[0] = 2.0;
    return;
  }
  let slot = 2u + 2u * (u32(round) % params.kept);
  state[0] = select(0.0, 1.0, totals[0].x <= params.tol);
  state[1] = round + 1.0;
  state[slot] = totals[0].y;
  state[slot + 1u] = totals[0].x;
}
