//! use lib/flat_index.wgsl
//! use elementwise/point/clamp_grad.wgsl
// dx[i] = dy[i] where low ≤ x[i] ≤ high, else 0, and 0 where x is NaN, as in PyTorch.
override WG: u32 = 256;

struct Params { count: u32, low: f32, high: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dy: array<f32>;       // [count]
@group(0) @binding(2) var<storage, read> x: array<f32>;        // [count]
@group(0) @binding(3) var<storage, read_write> dx: array<f32>; // [count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  dx[i] = point(dy[i], x[i], params.low, params.high);
}
