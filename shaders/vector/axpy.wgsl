//! use lib/flat_index.wgsl
//! use vector/weights/* as weights
//! inout y
// y[i] ← keep · y[i] + factor · x[i]; with keep = 0 whatever y held does not matter
override WG: u32 = 64;

struct Params {
  count: u32,
  keep: f32,
  factor: f32,
  at: u32, // where in scalars the coefficient is, if it is there
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [count]
@group(0) @binding(3) var<storage, read_write> y: array<f32>; // [count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let w = weights(params.keep, params.factor, params.at);
  y[i] = select(w.x * y[i], 0.0, w.x == 0.0) + w.y * x[i];
}
