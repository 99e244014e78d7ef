//! use lib/flat_index.wgsl
//! use lib/strided.wgsl
// dx[i] = factor · dvar[o] · ((x[i] − pivotₒ) − offsetₒ) with o the output that x[i] went into: the derivative
// 2 / (n − correction) · (x − mean) of the variance, factor = 2 / (n − correction). The pivot goes first: near it the
// difference is exact, where x − mean would cancel.
override WG: u32 = 64;

struct Params {
  count: u32,
  rank: u32,
  factor: f32,
  axes: array<Axis, 8>, // strides in the outputs
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;        // [count]
@group(0) @binding(2) var<storage, read> stats: array<vec4f>;  // [outputs]: pivot, offset, rstd, variance
@group(0) @binding(3) var<storage, read> dvar: array<f32>;     // [outputs]
@group(0) @binding(4) var<storage, read_write> dx: array<f32>; // [count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let o = strided(i).x;
  dx[i] = params.factor * dvar[o] * ((x[i] - stats[o].x) - stats[o].y);
}
