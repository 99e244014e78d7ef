//! use lib/flat_index.wgsl
//! use lib/strided.wgsl
// dx[i] = dy[o] / ties[o] where x[i] = y[o], else 0: the elements that equal the maximum (or minimum) y of their output
// o share its gradient evenly, as in PyTorch's amax. Where y is NaN nothing equals it, and 0/0 makes dx NaN too.
override WG: u32 = 64;

struct Params {
  count: u32,
  rank: u32,
  axes: array<Axis, 8>, // strides in y
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;        // [count]
@group(0) @binding(2) var<storage, read> y: array<f32>;        // [outputs]
@group(0) @binding(3) var<storage, read> ties: array<f32>;     // [outputs]
@group(0) @binding(4) var<storage, read> dy: array<f32>;       // [outputs]
@group(0) @binding(5) var<storage, read_write> dx: array<f32>; // [count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let o = strided(i).x;
  dx[i] = select(0.0, dy[o], x[i] == y[o]) / ties[o];
}
