//! use optim/block.wgsl
//! use optim/velocity/* as velocity
//! inout p
// g = sign · grad + λ · p
// p ← shrink · p − lr · step(g), where the slot makes the step: g, or momentum
// A row is (lr, λ, shrink, sign) (carry, keep, μ, nesterov).
@group(0) @binding(5) var<storage, read_write> p: array<vec4f>; // [elements]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, count, lane, WG);
  let at = group_of(i);
  if (at == NOTHING) { return; }
  let rates = groups[2u * at];
  let rule = groups[2u * at + 1u];
  let old = p[i];
  let g = rates.w * gradient(i) + rates.y * old;
  p[i] = rates.z * old - rates.x * velocity(i, g, rule);
}
