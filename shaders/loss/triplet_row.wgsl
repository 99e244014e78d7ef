//! use lib/flat_index.wgsl
//! use lib/nan.wgsl
//! use lib/slice_reduce.wgsl
//! use lib/unit.wgsl
//! use loss/metric/* as metric
// A row is one of a, b, c [rows, cols]: anchor, positive, negative. SLICE lanes work on it.
// D(x, y) = d(x − y + ε),  near = D(a, b),  far = D(a, c), or the smaller of D(a, c) and D(b, c) where SWAP is set
override SWAP: bool = false;

struct Params {
  rows: u32,
  cols: u32,
  margin: f32,
  p: f32,
  eps: f32,
  scale: f32,
  up_step: u32, // 1 for an upstream gradient of every row, 0 for one number
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> a: array<f32>; // [rows, cols]
@group(0) @binding(2) var<storage, read> b: array<f32>; // [rows, cols]
@group(0) @binding(3) var<storage, read> c: array<f32>; // [rows, cols]

// a − b, a − c and b − c of an element
fn differences(i: u32) -> vec3f {
  return vec3f(a[i] - b[i], a[i] - c[i], b[i] - c[i]) + params.eps;
}

// (D(a, b), D(a, c), D(b, c)) of a row; the last only where SWAP is set. Sums in units of the largest difference, so that
// powers do not overflow. Call from uniform control flow.
fn distances(lane: u32, base: u32, cols: u32) -> vec3f {
  var largest = vec3f(0.0);
  for (var k = lane % SLICE; k < cols; k += SLICE) {
    largest = max(largest, abs(differences(base + k)));
  }
  var unit = vec3f(unit_of(slice_max(lane, largest.x)), unit_of(slice_max(lane, largest.y)), 1.0);
  if (SWAP) { unit.z = unit_of(slice_max(lane, largest.z)); }
  var sums = vec3f(0.0);
  for (var k = lane % SLICE; k < cols; k += SLICE) {
    let u = differences(base + k) / unit;
    sums.x += term(u.x, params.p);
    sums.y += term(u.y, params.p);
    if (SWAP) { sums.z += term(u.z, params.p); }
  }
  var d = vec3f(0.0);
  d.x = unit.x * distance_of(slice_sum(lane, sums.x), params.p);
  d.y = unit.y * distance_of(slice_sum(lane, sums.y), params.p);
  if (SWAP) { d.z = unit.z * distance_of(slice_sum(lane, sums.z), params.p); }
  return d;
}

// margin + near − far
fn excess(d: vec3f) -> f32 {
  let far = select(d.y, keep_nan(d.y + d.z, min(d.y, d.z)), SWAP);
  return params.margin + d.x - far;
}
