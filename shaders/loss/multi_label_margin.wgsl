//! use lib/flat_index.wgsl
//! use lib/nan.wgsl
//! use lib/slice_reduce.wgsl
// Y = the targets of a row before its first −1,  C = cols
// loss  = 1/C · Σ_{t∈Y} Σ_{k∉Y} max(0, 1 − x[t] + x[k])
// dx[k] = 1/C · Σ_{t∈Y} [1 − x[t] + x[k] > 0] · scale for k ∉ Y,  dx[t] = −1/C · Σ_{k∉Y} [1 − x[t] + x[k] > 0] · scale
// A row is one of x [rows, cols]; SLICE lanes work on it. A target counts as often as it stands there; one that is no class
// gives NaN.
struct Params {
  rows: u32,
  cols: u32,
  scale: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;             // [rows, cols]
@group(0) @binding(2) var<storage, read> targets: array<i32>;       // [rows, cols]
@group(0) @binding(3) var<storage, read_write> times: array<f32>;   // [rows, cols], how often each is a target
@group(0) @binding(4) var<storage, read_write> loss: array<f32>;    // [rows]
@group(0) @binding(5) var<storage, read_write> dlogits: array<f32>; // [rows, cols]

// How many targets a row has, and whether all are classes: (number, 1 or NaN).
fn targets_of(base: u32, cols: u32) -> vec2f {
  var number = 0u;
  var known = 1.0;
  for (; number < cols; number++) {
    let t = targets[base + number];
    if (t == -1) { break; }
    known = select(known, quiet_nan(), (t < 0) | (u32(t) >= cols));
  }
  return vec2f(f32(number), known);
}

fn times_of(base: u32, number: u32, k: u32) -> f32 {
  var found = 0.0;
  for (var j = 0u; j < number; j++) { found += select(0.0, 1.0, u32(targets[base + j]) == k); }
  return found;
}

// (max(0, z), [z > 0]), and NaN for NaN
fn excess(z: f32) -> vec2f {
  return vec2f(select(z, 0.0, z <= 0.0), keep_nan(z, select(0.0, 1.0, z > 0.0)));
}

// Σ over the targets of (max(0, z), [z > 0]) for z = 1 − x[t] + x[k]
fn over_targets(base: u32, cols: u32, number: u32, k: u32) -> vec2f {
  var sums = vec2f(0.0);
  for (var j = 0u; j < number; j++) {
    let t = min(u32(targets[base + j]), cols - 1u);
    sums += excess(1.0 - x[base + t] + x[base + k]);
  }
  return sums;
}

// Σ over the classes that are no target of [z > 0] for z = 1 − x[t] + x[k]
fn over_others(base: u32, cols: u32, t: u32) -> f32 {
  var sum = 0.0;
  for (var k = 0u; k < cols; k++) {
    if (times[base + k] == 0.0) { sum += excess(1.0 - x[base + t] + x[base + k]).y; }
  }
  return sum;
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
  let base = select(0u, row * params.cols, live);
  let first = lane % SLICE;
  let found = targets_of(base, cols);
  let number = u32(found.x);
  for (var k = first; k < cols; k += SLICE) { times[base + k] = times_of(base, number, k); }
  storageBarrier(); // times is read below by the other lanes of the row
  let share = found.y / f32(params.cols);
  var sum = 0.0;
  for (var k = first; k < cols; k += SLICE) {
    let mine = times[base + k];
    var slope = -mine;
    if (mine == 0.0) {
      let others = over_targets(base, cols, number, k);
      sum += others.x;
      slope = others.y;
    } else {
      slope *= over_others(base, cols, k);
    }
    dlogits[base + k] = share * slope * params.scale;
  }
  let total = slice_sum(lane, sum);
  if (live & (first == 0u)) { loss[row] = share * total; }
}
