//! use optim/block.wgsl
//! use optim/updates/* as updates
//! inout p v
// g = sign · grad + λ · p
// v ← ρ · v + (1 − ρ) · g²
// p ← p − lr · step(g / √(v + ε)), where the slot makes the step: as it is, or times the RMS of the steps before
// A row is (lr, λ, ε, sign) (ρ, 1 − ρ, standard form, 0).
@group(0) @binding(5) var<storage, read_write> p: array<vec4f>; // [elements]
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
  let rates = groups[2u * at];
  let decay = groups[2u * at + 1u];
  let old = p[i];
  let g = rates.w * gradient(i) + rates.y * old;
  let square = decay.x * v[i] + decay.y * g * g;
  v[i] = square;
  p[i] = old - rates.x * step_of(i, g / sqrt(square + rates.z), rates.z, decay);
}
