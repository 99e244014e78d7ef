//! use lib/flat_index.wgsl
//! use elementwise/point/clamp.wgsl
// y[i] = min(max(x[i], low), high); NaN stays NaN. Where low > high, y = high.
override WG: u32 = 256;

struct Params { count: u32, low: f32, high: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [count]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  y[i] = point(x[i], params.low, params.high);
}
