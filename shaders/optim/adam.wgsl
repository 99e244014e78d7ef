//! use optim/block.wgsl
//! use optim/peak/* as peak
//! inout p m v
// g = sign · grad + λ · p
// m ← β₁ · m + (1 − β₁) · g,  v ← β₂ · v + (1 − β₂) · g²,  v̂ = v, or its greatest so far
// p ← shrink · p − (a · m + b · g) / (c · √v̂ + ε)
// The host folds the step into a row: (a, λ, shrink, sign) (β₁, 1 − β₁, β₂, 1 − β₂) (c, ε, b, AMSGrad).
// Adam: a = lr / (1 − β₁ᵗ), b = 0, c = 1 / √(1 − β₂ᵗ); see nadam.ts and radam.ts for theirs.
@group(0) @binding(5) var<storage, read_write> p: array<vec4f>; // [elements]
@group(0) @binding(6) var<storage, read_write> m: array<vec4f>; // [elements]
@group(0) @binding(7) var<storage, read_write> v: array<vec4f>; // [elements]

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
  let g = rates.w * gradient(i) + rates.y * old;
  let first = betas.x * m[i] + betas.y * g;
  let second = betas.z * v[i] + betas.w * g * g;
  m[i] = first;
  v[i] = second;
  let root = sqrt(peak(i, second, scale.w != 0.0));
  p[i] = rates.z * old - (rates.x * first + scale.z * g) / (root * scale.x + scale.y);
}
