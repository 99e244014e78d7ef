//! use loss/elements.wgsl
// dop[i] = dy · scale · w[i] · ∂ℓ/∂op at (x[i], t[i]), where op is x, t or v: number OF
override WG: u32 = 256;
override OF: u32 = 0;

@group(0) @binding(5) var<storage, read> dy: array<f32>;        // [count] or [1]
@group(0) @binding(6) var<storage, read_write> dop: array<f32>; // [count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let s = slope(point(i));
  let chosen = select(select(s.x, s.y, OF == 1u), s.z, OF == 2u);
  dop[i] = dy[i * params.up_step] * params.scale * element_weight(i) * chosen;
}
