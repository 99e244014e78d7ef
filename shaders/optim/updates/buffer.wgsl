//! inout acc
// Idea 2 of the paper, the standard form: Δ = √(acc + ε) · u,  acc ← ρ · acc + (1 − ρ) · Δ²
@group(0) @binding(7) var<storage, read_write> acc: array<vec4f>; // [elements]

fn step_of(i: u32, u: vec4f, row: AdadeltaRow) -> vec4f {
  if (row.rms_updates == 0.0) { return u; }
  let before = acc[i];
  let delta = sqrt(before + row.eps) * u;
  acc[i] = row.rho * before + row.rest * delta * delta;
  return delta;
}
