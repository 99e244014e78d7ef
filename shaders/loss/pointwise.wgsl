//! use loss/elements.wgsl
// y[i] = w[i] · ℓ(x[i], t[i])
override WG: u32 = 256;

@group(0) @binding(5) var<storage, read_write> y: array<f32>; // [count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i < params.count) { y[i] = element_weight(i) * loss(point(i)); }
}
