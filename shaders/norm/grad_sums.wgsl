//! use lib/flat_index.wgsl
//! use norm/rows.wgsl
//! use norm/merge_lanes.wgsl
//! use norm/gain/* as gain
// Σ g and Σ g·x̂ over every piece of two sets of rows, one for each z of the grid:
//   z = 0: the rows of the norm, g = γ·dy (batch norm: g = dy), whose means dx needs
//   z = 1: the channels, g = dy, whose sums are dβ and dγ (batch norm: the same as z = 0, and not run)
// x̂ is computed again from x.
struct Params { rows: array<vec4u, 6>, first: vec4u }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;            // [N, C, S]
@group(0) @binding(2) var<storage, read> dy: array<f32>;           // [N, C, S]
@group(0) @binding(3) var<storage, read> stats: array<vec4f>;      // [rows]: pivot, offset, rstd, variance
@group(0) @binding(5) var<storage, read_write> sums: array<vec2f>; // [pieces · rows + pieces · C]

alias Partial = vec2f;

fn combine(a: Partial, b: Partial) -> Partial { return a + b; }

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let z = group.z;
  let rows = rows_of(params.rows[3u * z], params.rows[3u * z + 1u], params.rows[3u * z + 2u]);
  let share = share_of(rows, flat_group(group, groups), lane);
  var sum = Partial(0.0);
  var at = share.at;
  var s = stats[at.w];
  var weight = select(1.0, gain_of(at.z).x, z == 0u);
  for (var k = 0u; k < share.trips; k++) {
    if (rows.stats_step != 0u) { s = stats[at.w]; }
    if ((rows.channel_step != 0u) & (z == 0u)) { weight = gain_of(at.z).x; }
    let g = weight * dy[at.x];
    sum += vec2f(g, g * fma(x[at.x] - s.x, s.z, -s.y * s.z));
    at = next(rows, share, at);
  }
  sum = merge_lanes(rows.lanes, share.slot, sum);
  if (leads(rows, share)) { sums[params.first[z] + share.piece * rows.count + share.row] = sum; }
}
