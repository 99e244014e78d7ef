//! use cluster/nearest.wgsl
//! inout partials
// Lloyd's step in one reading of x: Σ x_i, their number and Σ ‖x_i − c_k‖² over the points whose nearest centre is c_k.
// The lanes of a workgroup find the centres of 4 WG points; then each lane owns a column of the sums, in one of `slices`
// sets, and goes through those points. No other workgroup adds to that column, so the order of the sums is fixed.
override WG: u32 = 256;
override SQUARES: bool = true; // whether Σ ‖x_i − c_k‖² is wanted; else 0

@group(0) @binding(3) var<storage, read> state: array<f32>;          // [0]: whether nothing is left to do
@group(0) @binding(4) var<storage, read_write> partials: array<f32>; // [parts, clusters, 4 quarters + 4]

var<workgroup> labels: array<vec4u, WG>;  // clusters of the four points of each lane
var<workgroup> squares: array<vec4f, WG>; // ‖x − c‖²

// What four points add to a column: their feature of that number; in the columns after the features 1, then ‖x − c‖²,
// then 0.
fn column_of(column: u32, four: u32, lane: u32) -> vec4f {
  let width = 4u * params.quarters;
  if (column < width) { return xt[column * params.blocks + four]; }
  if (column == width) { return vec4f(1.0); }
  return select(vec4f(0.0), squares[lane], SQUARES & (column == width + 1u));
}

// Adds `count` blocks from `first` on to the column of one set of sums.
fn add_column(start: u32, column: u32, slice: u32, first: u32, count: u32) {
  let width = 4u * params.quarters + 4u;
  for (var t = slice; t < count; t += params.slices) {
    let four = first + t;
    let live = params.points - 4u * four; // points of this block that are not padding, at least one
    let value = column_of(column, four, t);
    let at = start + labels[t] * width + column;
    partials[at.x] += value.x;
    if (live > 1u) { partials[at.y] += value.y; }
    if (live > 2u) { partials[at.z] += value.z; }
    if (live > 3u) { partials[at.w] += value.w; }
  }
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  if (state[0] != 0.0) { return; }
  let width = 4u * params.quarters + 4u;
  let owned = params.slices * width;
  for (var first = group.x * WG; first < params.blocks; first += groups.x * WG) {
    let four = first + lane;
    if (four < params.blocks) {
      let label = nearest(four).label;
      labels[lane] = label;
      if (SQUARES) { squares[lane] = squares_of(four, label); }
    }
    workgroupBarrier();
    for (var u = lane; u < owned; u += WG) {
      let column = u % width;
      let start = (group.x * params.slices + u / width) * params.clusters * width;
      if (first == group.x * WG) {
        for (var k = 0u; k < params.clusters; k++) { partials[start + k * width + column] = 0.0; }
      }
      add_column(start, column, u / width, first, min(WG, params.blocks - first));
    }
    workgroupBarrier(); // the next round overwrites labels and squares
  }
}
