//! use lib/flat_index.wgsl
//! use lib/nan.wgsl
// index[i] = the first j with x[i, j] = max of x[i, :]; a NaN counts as the maximum. LANES threads share a row.
override WG: u32 = 64;
override LANES: u32 = 64; // a power of two that divides WG

struct Params { rows: u32, length: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;           // [rows, length]
@group(0) @binding(2) var<storage, read_write> index: array<u32>; // [rows]

var<workgroup> best: array<vec2u, WG>; // (key, j)

// An unsigned integer that orders as x does: −0 as 0, NaN above everything.
fn sort_key(x: f32) -> u32 {
  let bits = bitcast<u32>(select(x, 0.0, x == 0.0));
  let ordered = select(bits | 0x80000000u, ~bits, (bits >> 31u) == 1u);
  return select(ordered, 0xffffffffu, is_nan(x));
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
  var mine = vec2u(0u, 0xffffffffu); // loses to every element
  if (row < params.rows) {
    for (var j = lane; j < params.length; j += LANES) {
      mine = better(mine, vec2u(sort_key(x[row * params.length + j]), j));
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
