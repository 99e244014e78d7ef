//! use optim/block.wgsl
//! use optim/centre/* as centre
//! use optim/momentum.wgsl
//! use optim/velocity/* as velocity
//! inout p v
// g = sign · grad + λ · p
// v ← α · v + (1 − α) · g²,  u = g / (√(v less the mean squared, if centred) + ε)
// p ← p − lr · step(u), where the slot makes the step: u, or momentum
struct RmspropRow {
  @align(16) lr: f32,
  decay: f32,   // λ
  eps: f32,     // ε
  sign: f32,    // −1 to maximise
  momentum: Momentum,
  alpha: f32,
  rest: f32,    // 1 − α
  centred: f32, // not 0: the variance of g is used, about its running mean
}

@group(0) @binding(3) var<storage, read> rows: array<RmspropRow>; // [rows]
@group(0) @binding(5) var<storage, read_write> p: array<vec4f>;   // [elements]
@group(0) @binding(7) var<storage, read_write> v: array<vec4f>;   // [elements]

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
  let square = row.alpha * v[i] + row.rest * g * g;
  v[i] = square;
  let update = g / (sqrt(centred(i, square, g, row)) + row.eps);
  p[i] = old - row.lr * velocity(i, update, row.momentum);
}
