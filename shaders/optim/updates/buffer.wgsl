//! inout acc
// Idea 2 of the paper, the standard form: Δ = √(acc + ε) · u,  acc ← ρ · acc + (1 − ρ) · Δ²
@group(0) @binding(7) var<storage, read_write> acc: array<vec4f>; // [elements]

fn step_of(i: u32, u: vec4f, eps: f32, decay: vec4f) -> vec4f {
  if (decay.z == 0.0) { return u; }
  let before = acc[i];
  let delta = sqrt(before + eps) * u;
  acc[i] = decay.x * before + decay.y * delta * delta;
  return delta;
}
