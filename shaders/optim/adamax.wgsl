//! use optim/block.wgsl
//! use optim/greatest.wgsl
//! inout p m u
// g = sign · grad + λ · p
// m ← β₁ · m + (1 − β₁) · g,  u ← max(β₂ · u, |g| + ε)
// p ← p − rate · m / u
struct AdamaxRow {
  @align(16) rate: f32, // lr / (1 − β₁ᵗ)
  decay: f32,           // λ
  eps: f32,             // ε
  sign: f32,            // −1 to maximise
  beta1: f32,
  rest1: f32,           // 1 − β₁
  beta2: f32,
}

@group(0) @binding(3) var<storage, read> rows: array<AdamaxRow>; // [rows]
@group(0) @binding(5) var<storage, read_write> p: array<vec4f>;  // [elements]
@group(0) @binding(6) var<storage, read_write> m: array<vec4f>;  // [elements]
@group(0) @binding(7) var<storage, read_write> u: array<vec4f>;  // [elements]

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
  let first = row.beta1 * m[i] + row.rest1 * g;
  let most = greatest(row.beta2 * u[i], abs(g) + row.eps);
  m[i] = first;
  u[i] = most;
  p[i] = old - row.rate * first / most;
}
