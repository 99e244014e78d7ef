//! use lib/flat_index.wgsl
//! use lib/nan.wgsl
//! use lib/slice_reduce.wgsl
//! use loss/length/* as length
// cos = a·b / (|a|·|b|) over the axis `cols` of [outer, cols, inner]; a row is one (outer, inner), SLICE lanes work on it.
struct Params {
  rows: u32,
  cols: u32,
  inner: u32,
  eps: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> a: array<f32>; // [outer, cols, inner]
@group(0) @binding(2) var<storage, read> b: array<f32>; // [outer, cols, inner]

// Divisors of a and b of a row, so that their squares do not overflow. Call from uniform control flow.
fn units(lane: u32, base: u32, cols: u32) -> vec2f {
  var largest = vec2f(0.0);
  for (var k = lane % SLICE; k < cols; k += SLICE) {
    let i = base + k * params.inner;
    largest = max(largest, abs(vec2f(a[i], b[i])));
  }
  return vec2f(unit_of(slice_max(lane, largest.x)), unit_of(slice_max(lane, largest.y)));
}

// (a·b, a·a, b·b) of a row in these units. Call from uniform control flow.
fn products(lane: u32, base: u32, cols: u32, unit: vec2f) -> vec3f {
  var sums = vec3f(0.0);
  for (var k = lane % SLICE; k < cols; k += SLICE) {
    let i = base + k * params.inner;
    let x = vec2f(a[i], b[i]) / unit;
    sums += vec3f(x.x * x.y, x.x * x.x, x.y * x.y);
  }
  return vec3f(slice_sum(lane, sums.x), slice_sum(lane, sums.y), slice_sum(lane, sums.z));
}

// (|a|, |b|) in these units, and NaN where the sum of squares is
fn lengths(sums: vec3f, unit: vec2f) -> vec2f {
  return vec2f(
    keep_nan(sums.y, length_of(sums.y, params.eps, unit.x)),
    keep_nan(sums.z, length_of(sums.z, params.eps, unit.y)),
  );
}

// a·b / (|a|·|b|), which rounding must not carry beyond 1
fn cosine_of(sums: vec3f, size: vec2f) -> f32 {
  let quotient = sums.x / size.x / size.y;
  return keep_nan(quotient, clamp(quotient, -1.0, 1.0));
}
