//! use optim/block.wgsl
//! inout p sum
// g = sign · grad + λ · p
// sum ← sum + g²
// p ← p − rate · g / (√sum + ε),  rate = lr / (1 + (t − 1) · lr decay)
// A row is (rate, λ, ε, sign).
@group(0) @binding(5) var<storage, read_write> p: array<vec4f>;   // [elements]
@group(0) @binding(6) var<storage, read_write> sum: array<vec4f>; // [elements]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, count, lane, WG);
  let at = group_of(i);
  if (at == NOTHING) { return; }
  let rates = groups[at];
  let old = p[i];
  let g = rates.w * gradient(i) + rates.y * old;
  let total = sum[i] + g * g;
  sum[i] = total;
  p[i] = old - rates.x * g / (sqrt(total) + rates.z);
}
