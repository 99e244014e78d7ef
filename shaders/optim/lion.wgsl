//! use optim/block.wgsl
//! use optim/greatest.wgsl
//! inout p m
// g = sign · grad
// p ← shrink · p − lr · sgn(β₁ · m + (1 − β₁) · g),  shrink = 1 − lr · λ
// m ← β₂ · m + (1 − β₂) · g
// A row is (lr, shrink, sign, 0) (β₁, 1 − β₁, β₂, 1 − β₂).
@group(0) @binding(5) var<storage, read_write> p: array<vec4f>; // [elements]
@group(0) @binding(6) var<storage, read_write> m: array<vec4f>; // [elements]

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
  let betas = groups[2u * at + 1u];
  let g = rates.z * gradient(i);
  let before = m[i];
  let c = betas.x * before + betas.y * g;
  m[i] = betas.z * before + betas.w * g;
  p[i] = rates.y * p[i] - rates.x * select(sign(c), c, nan4(c));
}
