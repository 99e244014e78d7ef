//! use lib/flat_index.wgsl
//! use elementwise/point/prelu.wgsl
// y[i] = x[i] for x[i] > 0, slope[c]·x[i] otherwise (He, Zhang, Ren, Sun 2015), c the channel of i
override WG: u32 = 256;

struct Params { count: u32, channels: u32, inner: u32 } // x is [count / (channels·inner), channels, inner]

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [count]
@group(0) @binding(2) var<storage, read> slope: array<f32>;   // [channels]
@group(0) @binding(3) var<storage, read_write> y: array<f32>; // [count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  y[i] = point(x[i], slope[i / params.inner % params.channels]);
}
