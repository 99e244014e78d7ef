//! use lib/flat_index.wgsl
// y[r, t] = Π x[r, factors[t, k]] over the factors k of term t; a factor of NONE counts as 1.
override WG: u32 = 64;

const NONE: u32 = 0xffffffffu;

struct Params { rows: u32, features: u32, terms: u32, degree: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [rows, features]
@group(0) @binding(2) var<storage, read> factors: array<u32>; // [terms, degree]
@group(0) @binding(3) var<storage, read_write> y: array<f32>; // [rows, terms]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let e = flat_index(group, groups, lane, WG);
  if (e >= params.rows * params.terms) { return; }
  let r = e / params.terms;
  let term = e - r * params.terms;
  var product = 1.0;
  for (var k = 0u; k < params.degree; k++) {
    let feature = factors[term * params.degree + k];
    if (feature != NONE) { product *= x[r * params.features + feature]; }
  }
  y[e] = product;
}
