//! use lib/flat_index.wgsl
//! use svm/kind/* as kind
//! inout rows
// rows[places[j], i] = K(x_i, s_j). A lane has four points and four of the s, so that a load of either serves four kernels.
override WG: u32 = 64;

struct Params {
  blocks: u32,   // blocks of four points
  quarters: u32, // vectors of four features
  count: u32,    // number of the s_j
  degree: u32,
  gamma: f32,
  coef0: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> xt: array<vec4f>;         // [4 quarters, blocks]: four points a vector
@group(0) @binding(2) var<storage, read> s: array<vec4f>;          // [count, quarters]
@group(0) @binding(3) var<storage, read> places: array<u32>;       // [count]
@group(0) @binding(4) var<storage, read_write> rows: array<vec4f>; // [room, blocks]

// Four features more of four points and one s.
fn gather_all(sum: vec4f, x: mat4x4f, s: vec4f) -> vec4f {
  return gather(gather(gather(gather(sum, x[0], s.x), x[1], s.y), x[2], s.z), x[3], s.w);
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let e = flat_index(group, groups, lane, WG);
  let turn = e / params.blocks;
  let four = e - turn * params.blocks;
  let first = 4u * turn;
  if (first >= params.count) { return; }
  let last = params.count - 1u;
  let at = min(vec4u(first) + vec4u(0u, 1u, 2u, 3u), vec4u(last)) * params.quarters;
  let n = params.blocks;
  var k0 = vec4f(0.0);
  var k1 = vec4f(0.0);
  var k2 = vec4f(0.0);
  var k3 = vec4f(0.0);
  for (var q = 0u; q < params.quarters; q++) {
    let i = 4u * q * n + four;
    let x = mat4x4f(xt[i], xt[i + n], xt[i + 2u * n], xt[i + 3u * n]);
    k0 = gather_all(k0, x, s[at.x + q]);
    k1 = gather_all(k1, x, s[at.y + q]);
    k2 = gather_all(k2, x, s[at.z + q]);
    k3 = gather_all(k3, x, s[at.w + q]);
  }
  rows[places[first] * n + four] = finish(k0);
  if (first + 1u <= last) { rows[places[first + 1u] * n + four] = finish(k1); }
  if (first + 2u <= last) { rows[places[first + 2u] * n + four] = finish(k2); }
  if (first + 3u <= last) { rows[places[first + 3u] * n + four] = finish(k3); }
}
