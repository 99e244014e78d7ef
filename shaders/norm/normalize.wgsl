//! use lib/flat_index.wgsl
//! use norm/rows.wgsl
//! use norm/pack/* as pack
//! use storage/* as storage
//! use norm/affine.wgsl
//! use norm/affine/* as affine
//! use norm/each/* by pack
//! use norm/residual/* as residual
//! use activation/* as act
// y = act(z),  z = γ·x̂ + β + r,  x̂ = (x − mean)·rstd = (x − pivot)·rstd − offset·rstd
struct Params { rows: Rows }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<StoredPack>;      // [N, C, S]
@group(0) @binding(2) var<storage, read> stats: array<vec4f>; // [rows]: pivot, offset, rstd, variance
@group(0) @binding(6) var<storage, read_write> y: array<StoredPack>; // [N, C, S]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let rows = params.rows;
  let share = share_of(rows, flat_group(group, groups), lane);
  let s = stats[share.at.w];
  let rstd = Pack(s.z);
  let shift = Pack(-s.y * s.z);
  var at = share.at;
  var affine = affine_of(at.z);
  for (var k = 0u; k < share.trips; k++) {
    if (INSIDE & (rows.channel_step != 0u)) { affine = affine_of(at.z); }
    let xhat = fma(Pack(x[at.x]) - s.x, rstd, shift); // pivot first: x − pivot is exact
    y[at.x] = StoredPack(act_each(add_residual(fma(xhat, affine.scale, affine.shift), at.x)));
    at = next(rows, share, at);
  }
}
