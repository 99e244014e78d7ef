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

// (a·b, a·a, b·b) of a row. Call from uniform control flow.
fn products(lane: u32, base: u32, cols: u32) -> vec3f {
  var sums = vec3f(0.0);
  for (var k = lane % SLICE; k < cols; k += SLICE) {
    let i = base + k * params.inner;
    sums += vec3f(a[i] * b[i], a[i] * a[i], b[i] * b[i]);
  }
  return vec3f(slice_sum(lane, sums.x), slice_sum(lane, sums.y), slice_sum(lane, sums.z));
}

// (|a|, |b|), and NaN where the sum of squares is
fn lengths(sums: vec3f) -> vec2f {
  return vec2f(
    keep_nan(sums.y, length_of(sums.y, params.eps)),
    keep_nan(sums.z, length_of(sums.z, params.eps)),
  );
}
