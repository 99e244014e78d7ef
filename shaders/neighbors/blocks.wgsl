//! use neighbors/metric/* as metric
// near[b, i] = min over the 16 points t of block b of Σ_j apart(x_ij, t_j). A lane takes eight queries and eight points at once,
// 64 sums in registers, so that a load of four numbers serves eight others. The workgroup looks at one block: its points are
// the same for all lanes.
override WG: u32 = 64;

const FAR = 3.4028234e38; // larger distances count as this

struct Params { quads: u32, half: u32, blocks: u32, quarters: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;          // [4 quarters, quads]: four queries a vector
@group(0) @binding(2) var<storage, read> points: array<vec4f>;     // [16 blocks, quarters]: four features a vector
@group(0) @binding(3) var<storage, read_write> near: array<vec4f>; // [blocks, quads]

// Four features of four queries: a column a feature.
fn features(quad: u32, quarter: u32) -> mat4x4f {
  let n = params.quads;
  let i = 4u * quarter * n + quad;
  return mat4x4f(x[i], x[i + n], x[i + 2u * n], x[i + 3u * n]);
}

// What four features of one point add to its distances from four queries.
fn add(sums: vec4f, q: mat4x4f, t: vec4f) -> vec4f {
  return apart(apart(apart(apart(sums, q[0], t.x), q[1], t.y), q[2], t.z), q[3], t.w);
}

// The same of four points from row `at` on: a column a point.
fn add_four(sums: mat4x4f, q: mat4x4f, at: u32) -> mat4x4f {
  let next = params.quarters;
  return mat4x4f(
    add(sums[0], q, points[at]),
    add(sums[1], q, points[at + next]),
    add(sums[2], q, points[at + 2u * next]),
    add(sums[3], q, points[at + 3u * next]),
  );
}

fn least(a: mat4x4f, b: mat4x4f) -> vec4f {
  return min(min(min(a[0], a[1]), min(a[2], a[3])), min(min(b[0], b[1]), min(b[2], b[3])));
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let first = group.x * WG + lane;
  if (first >= params.half) { return; }
  let second = min(first + params.half, params.quads - 1u);
  let four = 4u * params.quarters;
  for (var row = group.y; row < params.blocks; row += groups.y) {
    var of_first = vec4f(FAR);
    var of_second = vec4f(FAR);
    for (var eight = 4u * row * four; eight < (4u * row + 4u) * four; eight += 2u * four) {
      var a = mat4x4f();
      var b = mat4x4f();
      var c = mat4x4f();
      var d = mat4x4f();
      for (var quarter = 0u; quarter < params.quarters; quarter++) {
        let q = features(first, quarter);
        let r = features(second, quarter);
        let at = eight + quarter;
        a = add_four(a, q, at);
        b = add_four(b, r, at);
        c = add_four(c, q, at + four);
        d = add_four(d, r, at + four);
      }
      of_first = min(of_first, least(a, c));
      of_second = min(of_second, least(b, d));
    }
    near[row * params.quads + first] = of_first;
    if (first + params.half < params.quads) { near[row * params.quads + second] = of_second; }
  }
}
