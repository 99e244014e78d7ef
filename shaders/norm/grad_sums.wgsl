//! use lib/flat_index.wgsl
//! use norm/rows.wgsl
//! use norm/pair_sums.wgsl
//! use norm/pack/* as pack
//! use storage/* as storage
//! use norm/affine.wgsl
//! use norm/affine/* as affine
//! use norm/each/* by pack
//! use norm/residual/* as residual
//! use norm/upstream/* as upstream
//! use activation/* as act
// Σ g and Σ g·x̂ over every piece of two sets of rows, one for each z of the grid, with dz = dy·act'(γ·x̂ + β + r):
//   0: the rows of the norm, g = γ·dz (batch norm: g = dz), whose means dx needs
//   1: the channels, g = dz, whose sums are dβ and dγ (batch norm: the same as 0, and not run)
// γ is a factor where it varies along the row. x̂ and γ·x̂ + β + r are computed again; set 0 may keep dz.
struct Params { rows: array<Rows, 2>, first: u32 } // first: index in `sums` of the first sum of set 1

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<StoredPack>;           // [N, C, S]
@group(0) @binding(2) var<storage, read> stats: array<vec4f>;      // [rows]: pivot, offset, rstd, variance
@group(0) @binding(6) var<storage, read> dy: array<StoredPack>;          // [N, C, S]
@group(0) @binding(7) var<storage, read_write> sums: array<vec2f>; // [pieces · rows + pieces · C]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let part = group.z;
  let rows = params.rows[part];
  let share = share_of(rows, flat_group(group, groups), lane);
  let inside = INSIDE & (rows.channel_step != 0u);
  var sum = Partial();
  var at = share.at;
  var s = stats[at.w];
  var affine = affine_of(at.z);
  for (var k = 0u; k < share.trips; k++) {
    if (STATS_VARY & (rows.stats_step != 0u)) { s = stats[at.w]; }
    if (inside) { affine = affine_of(at.z); }
    let xhat = fma(Pack(x[at.x]) - s.x, Pack(s.z), Pack(-s.y * s.z));
    let z = add_residual(fma(xhat, affine.scale, affine.shift), at.x);
    let dz = Pack(dy[at.x]) * act_grad_each(z);
    if (part == 0u) { keep_dz(at.x, dz); }
    let g = select(Pack(1.0), affine.scale, inside) * dz;
    sum = with_pair(sum, g, xhat);
    at = next(rows, share, at);
  }
  sum = merge_lanes(rows.lanes, share.slot, sum);
  if (!leads(rows, share)) { return; }
  let unit = share.piece * rows.count + share.row;
  if (part == 0u) {
    sums[unit] = vec2f(total(sum.g), total(sum.gx));
    return;
  }
  let first = params.first + unit * CHANNELS;
  for (var k = 0u; k < CHANNELS; k++) {
    sums[first + k] = pair_of_channel(sum, k);
  }
}
