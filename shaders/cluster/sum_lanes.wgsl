//! use cluster/nearest.wgsl
//! use lib/flat_index.wgsl
//! inout partials
// Lloyd's step in one reading of x: Σ x_i, their number and Σ ‖x_i − c_k‖² over the points whose nearest centre is c_k.
// Every lane has sums of its own, which nobody else adds to: no barriers, for adapters where these cost most.
override WG: u32 = 64;

@group(0) @binding(3) var<storage, read> state: array<f32>;            // [0]: whether nothing is left to do
@group(0) @binding(4) var<storage, read_write> partials: array<vec4f>; // [parts, clusters, quarters + 1]

fn add(at: u32, value: vec4f) { partials[at] += value; }

fn add_block(start: u32, four: u32, label: vec4u) {
  let row = params.quarters + 1u;
  let c = label * row;
  let at = start + c;
  let live = params.points - 4u * four; // at least one
  var squares = vec4f(0.0);
  for (var q = 0u; q < params.quarters; q++) {
    let x = transpose(features(four, q)); // a column a point
    let d0 = x[0] - centres[c.x + q];
    let d1 = x[1] - centres[c.y + q];
    let d2 = x[2] - centres[c.z + q];
    let d3 = x[3] - centres[c.w + q];
    squares += vec4f(dot(d0, d0), dot(d1, d1), dot(d2, d2), dot(d3, d3));
    add(at.x + q, x[0]);
    if (live > 1u) { add(at.y + q, x[1]); }
    if (live > 2u) { add(at.z + q, x[2]); }
    if (live > 3u) { add(at.w + q, x[3]); }
  }
  let tail = at + params.quarters;
  add(tail.x, vec4f(1.0, squares.x, 0.0, 0.0));
  if (live > 1u) { add(tail.y, vec4f(1.0, squares.y, 0.0, 0.0)); }
  if (live > 2u) { add(tail.z, vec4f(1.0, squares.z, 0.0, 0.0)); }
  if (live > 3u) { add(tail.w, vec4f(1.0, squares.w, 0.0, 0.0)); }
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let part = flat_index(group, groups, lane, WG);
  if (part >= params.parts) { return; }
  if (state[0] != 0.0) { return; }
  let length = params.clusters * (params.quarters + 1u);
  let start = part * length;
  for (var e = 0u; e < length; e++) { partials[start + e] = vec4f(0.0); }
  for (var four = part; four < params.blocks; four += params.parts) {
    add_block(start, four, nearest(four).label);
  }
}
