//! use lib/flat_index.wgsl
//! use sort/order/* as order
// index[o, i] = the first j with x[o, j, i] = max of x[o, :, i], or min where LARGEST is false; a NaN counts as either.
// LANES threads share a row (o, i).
override WG: u32 = 64;
override LANES: u32 = 64; // a power of two that divides WG
override LARGEST: bool = true;

struct Params { rows: u32, length: u32, inner: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>;       // [outer, length, inner]
@group(0) @binding(2) var<storage, read_write> index: array<u32>; // [outer, inner]

var<workgroup> best: array<vec2u, WG>; // (key, j)

// Key of a value: greater for a better one, greatest for NaN.
fn merit(value: Element) -> u32 {
  let key = key_of(value);
  return select(~key, key, LARGEST | is_greatest(value));
}

fn better(a: vec2u, b: vec2u) -> vec2u {
  return select(b, a, (a.x > b.x) | ((a.x == b.x) & (a.y < b.y)));
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let row = flat_group(group, groups) * (WG / LANES) + local / LANES;
  let lane = local % LANES;
  let base = row / params.inner * params.length * params.inner + row % params.inner;
  var mine = vec2u(0u, 0xffffffffu); // less than the key of any element
  if (row < params.rows) {
    for (var j = lane; j < params.length; j += LANES) {
      mine = better(mine, vec2u(merit(x[base + j * params.inner]), j));
    }
  }
  best[local] = mine;
  workgroupBarrier();
  for (var half = LANES / 2u; half > 0u; half /= 2u) {
    if (lane < half) { best[local] = better(best[local], best[local + half]); }
    workgroupBarrier();
  }
  if ((row < params.rows) & (lane == 0u)) { index[row] = best[local].y; }
}
