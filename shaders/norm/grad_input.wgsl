//! use lib/flat_index.wgsl
//! use norm/rows.wgsl
//! use norm/pack/* as pack
//! use storage/* as storage
//! use norm/affine.wgsl
//! use norm/affine/* as affine
//! use norm/each/* by pack
//! use norm/columns/* as columns
//! use activation/* as act
// dx = rstd·(g − mean(g) − x̂·mean(g·x̂)) with g = γ·dz, dz = dy·act'(γ·x̂ + β) over each row; in batch norm γ is constant
// there and goes outside, in RMS norm nothing depends on the mean and mean(g) is left out.
// The means come from the sums of the row's pieces, the first rows of `sums`. Lanes walk along rows, or down channels.
struct Params {
  rows: Rows,
  count: u32,   // rows of the norm
  length: u32,  // elements of each row
  pieces: u32,  // parts of a row's sums; 1 where lanes walk down channels
  centred: u32, // 0 for RMS norm, which subtracts no mean
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<StoredPack>;       // [N, C, S]
@group(0) @binding(2) var<storage, read> stats: array<vec4f>;  // [rows]: pivot, offset, rstd, variance
@group(0) @binding(6) var<storage, read> dy: array<StoredPack>;      // [N, C, S]
@group(0) @binding(7) var<storage, read> sums: array<vec2f>;   // [pieces, rows], then the sums of channels for norm/grad_affine
@group(0) @binding(8) var<storage, read_write> dx: array<StoredPack>; // [N, C, S]

// Means of a row from its sums; 0 for mean(g) in RMS norm.
fn mean_of(sum: vec2f) -> vec2f {
  return select(vec2f(0.0, sum.y), sum, params.centred == 1u) / f32(params.length);
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let rows = params.rows;
  let share = share_of(rows, flat_group(group, groups), lane);
  var at = share.at;
  var s = stats[at.w];
  var sum = vec2f(0.0);
  for (var k = 0u; k < params.pieces; k++) { sum += sums[k * params.count + at.w]; }
  var mean = mean_of(sum);
  var affine = affine_of(at.z);
  let outside = select(affine.scale, Pack(1.0), INSIDE);
  var columns = Columns();
  for (var k = 0u; k < share.trips; k++) {
    if (STATS_VARY) {
      s = stats[at.w];
      mean = mean_of(sums[at.w]);
    }
    if (INSIDE & !STATS_VARY & (rows.channel_step != 0u)) { affine = affine_of(at.z); }
    let xhat = fma(Pack(x[at.x]) - s.x, Pack(s.z), Pack(-s.y * s.z));
    let dz = Pack(dy[at.x]) * act_grad_each(fma(xhat, affine.scale, affine.shift));
    let g = select(Pack(1.0), affine.scale, INSIDE) * dz;
    dx[at.x] = StoredPack(outside * s.z * (g - mean.x - xhat * mean.y));
    columns = with_column(columns, dz, xhat);
    at = next(rows, share, at);
  }
  store_columns(rows, share, columns);
}
