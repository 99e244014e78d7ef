//! use optim/block.wgsl
//! use optim/momentum.wgsl
//! use optim/velocity/* as velocity
//! inout p
// g = sign · grad + λ · p
// p ← shrink · p − lr · step(g), where the slot makes the step: g, or momentum
struct SgdRow {
  @align(16) lr: f32,
  decay: f32,  // λ
  shrink: f32, // 1, or 1 − lr · λ where the decay is decoupled
  sign: f32,   // −1 to maximise
  momentum: Momentum,
}

@group(0) @binding(3) var<storage, read> rows: array<SgdRow>;   // [rows]
@group(0) @binding(5) var<storage, read_write> p: array<vec4f>; // [elements]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, count, lane, WG);
  let at = row_of(i);
  if (at == NOTHING) { return; }
  let row = rows[at];
  let old = p[i];
  let g = row.sign * gradient(i) + row.decay * old;
  p[i] = row.shrink * old - row.lr * velocity(i, g, row.momentum);
}
