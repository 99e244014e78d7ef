//! use lib/flat_index.wgsl
// s[i] = (b − a) / max(a, b): a is the mean distance of point i from the others of its cluster, b from the nearest other cluster.
// 0 for the only point of a cluster. Points are sorted by cluster; distances of all pairs are never written.
override WG: u32 = 64;

struct Params { points: u32, quarters: u32, clusters: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> xt: array<vec4f>;    // [quarters, points]: four features a vector
@group(0) @binding(2) var<storage, read> starts: array<u32>;  // [clusters + 1]: the first point of each cluster, the end
@group(0) @binding(3) var<storage, read_write> s: array<f32>; // [points]

fn distance_of(i: u32, j: u32) -> f32 {
  var sum = 0.0;
  for (var q = 0u; q < params.quarters; q++) {
    let away = xt[q * params.points + i] - xt[q * params.points + j];
    sum += dot(away, away);
  }
  return sqrt(sum);
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.points) { return; }
  var a = 0.0;
  var b = 3.4028234e38;
  var others = 0u;
  for (var c = 0u; c < params.clusters; c++) {
    let first = starts[c];
    let end = starts[c + 1u];
    var sum = 0.0;
    for (var j = first; j < end; j++) { sum += distance_of(i, j); }
    if ((i >= first) & (i < end)) {
      others = end - first - 1u;
      a = sum / f32(max(others, 1u));
    } else if (end > first) {
      b = min(b, sum / f32(end - first));
    }
  }
  let most = max(a, b);
  s[i] = select(0.0, (b - a) / most, (others > 0u) & (most > 0.0));
}
