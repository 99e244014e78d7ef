//! use lib/flat_index.wgsl
//! inout h
// h[i, j] ← h[i, j] − ρ · (u[i]·s[j] + s[i]·u[j]) + ρ · (1 + ρ · yᵀu) · s[i]·s[j]  with u = h·y, ρ = 1 / yᵀs
// The inverse Hessian of BFGS after one more pair (s, y); ρ = 0 leaves it. In the first update h is γ · I.
override WG: u32 = 64;

struct Params {
  n: u32,
  fresh: u32, // 1: h holds nothing yet
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> s: array<f32>;       // [n]
@group(0) @binding(2) var<storage, read> u: array<f32>;       // [n]
@group(0) @binding(3) var<storage, read> scalars: array<f32>; // [3]: ρ, yᵀu, γ
@group(0) @binding(4) var<storage, read_write> h: array<f32>; // [n, n]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let at = flat_index(group, groups, lane, WG);
  if (at >= params.n * params.n) { return; }
  // the same expression for [i, j] and [j, i], so that h stays symmetric to the bit
  let i = max(at / params.n, at % params.n);
  let j = min(at / params.n, at % params.n);
  let rho = scalars[0];
  let before = select(h[at], select(0.0, scalars[2], i == j), params.fresh == 1u);
  let cross = u[i] * s[j] + s[i] * u[j];
  h[at] = before - rho * cross + rho * (1.0 + rho * scalars[1]) * s[i] * s[j];
}
