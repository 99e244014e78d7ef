//! use lib/flat_index.wgsl
//! use lib/strided.wgsl
//! use element/f32.wgsl
//! use result/f32.wgsl
//! use elementwise/point/binary_grad.wgsl
// dop[i] = dc[i] · ∂op/∂a, or ∂op/∂b where OF_B is set, at the coordinates i of c as in binary.wgsl.
// Summed over the broadcast axes it is the gradient of the operand.
override WG: u32 = 256;

struct Params {
  count: u32,
  rank: u32,
  axes: array<Axis, 8>, // strides in a and b
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dc: array<f32>;       // [count]
@group(0) @binding(2) var<storage, read> a: array<f32>;        // [...] that broadcasts to dc
@group(0) @binding(3) var<storage, read> b: array<f32>;        // [...] that broadcasts to dc
@group(0) @binding(4) var<storage, read_write> dop: array<f32>; // [count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let at = strided(i);
  dop[i] = point(dc[i], a[at.x], b[at.y]);
}
