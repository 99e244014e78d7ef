//! use optim/block.wgsl
//! use optim/centre/* as centre
//! use optim/velocity/* as velocity
//! inout p v
// g = sign · grad + λ · p
// v ← α · v + (1 − α) · g²,  u = g / (√(v less the mean squared, if centred) + ε)
// p ← p − lr · step(u), where the slot makes the step: u, or momentum
// A row is (lr, λ, ε, sign) (α, 1 − α, centred, 0) (carry, keep, μ, nesterov).
@group(0) @binding(5) var<storage, read_write> p: array<vec4f>; // [elements]
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
  let decay = groups[3u * at + 1u];
  let rule = groups[3u * at + 2u];
  let old = p[i];
  let g = rates.w * gradient(i) + rates.y * old;
  let square = decay.x * v[i] + decay.y * g * g;
  v[i] = square;
  let update = g / (sqrt(centred(i, square, g, decay)) + rates.z);
  p[i] = old - rates.x * velocity(i, update, rule);
}
