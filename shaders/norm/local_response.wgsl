//! use lib/flat_index.wgsl
//! use norm/neighbours.wgsl
// y = x · b⁻ᵝ
override WG: u32 = 64;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [N, C, S]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [N, C, S]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  y[i] = x[i] * shrink(base_of(i, i / params.inner % params.channels));
}
