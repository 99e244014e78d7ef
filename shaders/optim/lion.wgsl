//! use optim/block.wgsl
//! use optim/greatest.wgsl
//! inout p m
// g = sign · grad
// p ← shrink · p − lr · sgn(β₁ · m + (1 − β₁) · g)
// m ← β₂ · m + (1 − β₂) · g
struct LionRow {
  @align(16) lr: f32,
  shrink: f32, // 1 − lr · λ
  sign: f32,   // −1 to maximise
  beta1: f32,
  rest1: f32,  // 1 − β₁
  beta2: f32,
  rest2: f32,  // 1 − β₂
}

@group(0) @binding(3) var<storage, read> rows: array<LionRow>;  // [rows]
@group(0) @binding(5) var<storage, read_write> p: array<vec4f>; // [elements]
@group(0) @binding(6) var<storage, read_write> m: array<vec4f>; // [elements]

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
  let g = row.sign * gradient(i);
  let before = m[i];
  let c = row.beta1 * before + row.rest1 * g;
  m[i] = row.beta2 * before + row.rest2 * g;
  p[i] = row.shrink * p[i] - row.lr * select(sign(c), c, nan4(c));
}
