//! use optim/block.wgsl
//! use optim/updates/* as updates
//! inout p v
// g = sign · grad + λ · p
// v ← ρ · v + (1 − ρ) · g²
// p ← p − lr · step(g / √(v + ε)), where the slot makes the step: as it is, or times the RMS of the steps before
struct AdadeltaRow {
  @align(16) lr: f32,
  decay: f32,       // λ
  eps: f32,         // ε
  sign: f32,        // −1 to maximise
  rho: f32,
  rest: f32,        // 1 − ρ
  rms_updates: f32, // not 0: updates are multiplied by the RMS of the previous ones
}

@group(0) @binding(3) var<storage, read> rows: array<AdadeltaRow>; // [rows]
@group(0) @binding(5) var<storage, read_write> p: array<vec4f>;    // [elements]
@group(0) @binding(6) var<storage, read_write> v: array<vec4f>;    // [elements]

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
  let square = row.rho * v[i] + row.rest * g * g;
  v[i] = square;
  p[i] = old - row.lr * step_of(i, g / sqrt(square + row.eps), row);
}
