//! use optim/block.wgsl
//! use optim/peak/* as peak
//! inout p m v
// g = sign · grad + λ · p
// m ← β₁ · m + (1 − β₁) · g,  v ← β₂ · v + (1 − β₂) · g²,  v̂ = v, or its greatest so far
// p ← shrink · p − (a · m + b · g) / (c · √v̂ + ε)
// The host folds step t into a row. Adam: a = lr / (1 − β₁ᵗ), b = 0, c = 1 / √(1 − β₂ᵗ); nadam.ts and radam.ts give theirs.
struct AdamRow {
  @align(16) rate: f32, // a
  gradient_rate: f32,   // b
  root_scale: f32,      // c
  eps: f32,             // ε
  decay: f32,           // λ
  shrink: f32,
  sign: f32,            // −1 to maximise
  amsgrad: f32,         // not 0: v̂ is the greatest v so far
  beta1: f32,
  rest1: f32,           // 1 − β₁
  beta2: f32,
  rest2: f32,           // 1 − β₂
}

@group(0) @binding(3) var<storage, read> rows: array<AdamRow>;  // [rows]
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
  let at = row_of(i);
  if (at == NOTHING) { return; }
  let row = rows[at];
  let old = p[i];
  let g = row.sign * gradient(i) + row.decay * old;
  let first = row.beta1 * m[i] + row.rest1 * g;
  let second = row.beta2 * v[i] + row.rest2 * g * g;
  m[i] = first;
  v[i] = second;
  let root = sqrt(peak(i, second, row.amsgrad != 0.0));
  p[i] = row.shrink * old - (row.rate * first + row.gradient_rate * g) / (root * row.root_scale + row.eps);
}
