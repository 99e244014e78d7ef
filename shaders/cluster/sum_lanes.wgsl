//! use cluster/nearest_eight.wgsl
//! use lib/flat_index.wgsl
//! inout partials
// Lloyd's step in one reading of x: Σ x_i, their number and Σ ‖x_i − c_k‖² over the points whose nearest centre is c_k.
// Every lane has sums of its own, to which no other lane adds: no barriers, for adapters where these cost most.
override WG: u32 = 8; // small, so that all cores of an emulated GPU have workgroups
override SQUARES: bool = true; // whether Σ ‖x_i − c_k‖² is wanted; else 0

const TURNS = 32u; // bits of a u32

@group(0) @binding(3) var<storage, read> state: array<f32>;            // [0]: whether nothing is left to do
@group(0) @binding(4) var<storage, read_write> partials: array<vec4f>; // [parts, clusters, quarters + 1]

// Number of points in a block: 0 past the last block.
fn points_in(four: u32) -> u32 { return min(4u, max(params.points, 4u * four) - 4u * four); }

fn add(at: u32, value: vec4f) { partials[at] += value; }

// Adds the first `live` points of a block.
fn add_block(start: u32, four: u32, label: vec4u, live: u32) {
  let row = params.quarters + 1u;
  let c = label * row;
  let at = start + c;
  var squares = vec4f(0.0);
  for (var q = 0u; q < params.quarters; q++) {
    let x = transpose(features(four, q)); // one column for each point
    if (SQUARES) { squares += squares_between(x, c + q); }
    if (live > 0u) { add(at.x + q, x[0]); }
    if (live > 1u) { add(at.y + q, x[1]); }
    if (live > 2u) { add(at.z + q, x[2]); }
    if (live > 3u) { add(at.w + q, x[3]); }
  }
  let tail = at + params.quarters;
  if (live > 0u) { add(tail.x, vec4f(1.0, squares.x, 0.0, 0.0)); }
  if (live > 1u) { add(tail.y, vec4f(1.0, squares.y, 0.0, 0.0)); }
  if (live > 2u) { add(tail.z, vec4f(1.0, squares.z, 0.0, 0.0)); }
  if (live > 3u) { add(tail.w, vec4f(1.0, squares.w, 0.0, 0.0)); }
}

// Adds a deferred block, whose nearest centres are found by differences; others are skipped.
fn decide(start: u32, four: u32, left: u32) {
  if (left == 0u) { return; }
  let found = by_differences(four);
  add_block(start, four, found.label, points_in(four));
}

// Adds up to TURNS pairs of blocks, every 2 parts-th from `first` on. Blocks with a near tie are deferred to the end: an
// emulated GPU executes a branch even where no lane takes it, and an inner loop at least once.
fn add_blocks(start: u32, first: u32) {
  let last = params.blocks - 1u;
  let step = 2u * params.parts;
  var left_a = 0u; // a bit for each turn whose first block is deferred
  var left_b = 0u;
  for (var turn = 0u; (turn < TURNS) & (first + turn * step < params.blocks); turn++) {
    let four = first + turn * step;
    let next = min(four + 1u, last);
    let found = nearest_of_two(four, next);
    add_block(start, four, found.a, points_in(four) * (1u - found.doubtful_a));
    add_block(start, next, found.b, points_in(four + 1u) * (1u - found.doubtful_b));
    left_a |= found.doubtful_a << turn;
    left_b |= found.doubtful_b << turn;
  }
  for (var turn = 0u; (left_a | left_b) != 0u; turn++) {
    for (; ((left_a | left_b) & 1u) == 0u; turn++) {
      left_a = left_a >> 1u;
      left_b = left_b >> 1u;
    }
    decide(start, first + turn * step, left_a & 1u);
    decide(start, first + turn * step + 1u, left_b & 1u);
    left_a = left_a >> 1u;
    left_b = left_b >> 1u;
  }
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
  for (var first = 2u * part; first < params.blocks; first += TURNS * 2u * params.parts) {
    add_blocks(start, first);
  }
}
