//! use optim/block.wgsl
//! use optim/greatest.wgsl
//! inout p m u
// g = sign · grad + λ · p
// m ← β₁ · m + (1 − β₁) · g,  u ← max(β₂ · u, |g| + ε)
// p ← p − rate · m / u,  rate = lr / (1 − β₁ᵗ)
// A row is (rate, λ, ε, sign) (β₁, 1 − β₁, β₂, 0).
@group(0) @binding(5) var<storage, read_write> p: array<vec4f>; // [elements]
@group(0) @binding(6) var<storage, read_write> m: array<vec4f>; // [elements]
@group(0) @binding(7) var<storage, read_write> u: array<vec4f>; // [elements]

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
  let old = p[i];
  let g = rates.w * gradient(i) + rates.y * old;
  let first = betas.x * m[i] + betas.y * g;
  let most = greatest(betas.z * u[i], abs(g) + rates.z);
  m[i] = first;
  u[i] = most;
  p[i] = old - rates.x * first / most;
}
