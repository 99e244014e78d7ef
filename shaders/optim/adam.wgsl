//! use optim/block.wgsl
//! inout p m v
// g = sign · grad + λ · p
// m ← β₁ · m + (1 − β₁) · g,  v ← β₂ · v + (1 − β₂) · g²
// p ← shrink · p − lr/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
// Adam decays through λ, AdamW through shrink = 1 − lr · λ; the host folds the step t into the group's numbers:
// (lr/(1 − β₁ᵗ), λ, shrink, sign) (β₁, 1 − β₁, β₂, 1 − β₂) (1/√(1 − β₂ᵗ), ε, 0, 0).
@group(0) @binding(3) var<storage, read> groups: array<vec4f>;  // [groups, 12]
@group(0) @binding(4) var<storage, read_write> p: array<vec4f>; // [elements]
@group(0) @binding(5) var<storage, read_write> m: array<vec4f>; // [elements]
@group(0) @binding(6) var<storage, read_write> v: array<vec4f>; // [elements]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, count, lane, WG);
  let at = group_of(i);
  if (at == NOTHING) { return; }
  let rates = groups[3u * at];
  let betas = groups[3u * at + 1u];
  let scale = groups[3u * at + 2u];
  let old = p[i];
  let g = rates.w * grads[i] + rates.y * old;
  let first = betas.x * m[i] + betas.y * g;
  let second = betas.z * v[i] + betas.w * g * g;
  m[i] = first;
  v[i] = second;
  p[i] = rates.z * old - rates.x * first / (sqrt(second) * scale.x + scale.y);
}
