//! use lib/workgroup_sum.wgsl
//! use vector/finish/* as finish
//! inout scalars
// scalars[to] ← finish(Σ partials, scalars[a], scalars[b]), in one workgroup and always in the same order
struct Params {
  count: u32,
  to: u32,
  a: u32,
  b: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> partials: array<f32>;      // [count]
@group(0) @binding(2) var<storage, read_write> scalars: array<f32>; // [slots]

@compute @workgroup_size(WG)
fn main(@builtin(local_invocation_index) lane: u32) {
  var sum = 0.0;
  for (var i = lane; i < params.count; i += WG) { sum += partials[i]; }
  let total = workgroup_sum(lane, sum);
  if (lane == 0u) { scalars[params.to] = finish(total, scalars[params.a], scalars[params.b]); }
}
