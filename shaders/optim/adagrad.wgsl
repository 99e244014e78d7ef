//! use optim/block.wgsl
//! inout p sum
// g = sign · grad + λ · p
// sum ← sum + g²
// p ← p − rate · g / (√sum + ε)
struct AdagradRow {
  @align(16) rate: f32, // lr / (1 + (t − 1) · lr decay)
  decay: f32,           // λ
  eps: f32,             // ε
  sign: f32,            // −1 to maximise
}

@group(0) @binding(3) var<storage, read> rows: array<AdagradRow>; // [rows]
@group(0) @binding(5) var<storage, read_write> p: array<vec4f>;   // [elements]
@group(0) @binding(6) var<storage, read_write> sum: array<vec4f>; // [elements]

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
  let total = sum[i] + g * g;
  sum[i] = total;
  p[i] = old - row.rate * g / (sqrt(total) + row.eps);
}
