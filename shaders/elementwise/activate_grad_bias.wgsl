//! use lib/flat_index.wgsl
//! use norm/rows.wgsl
//! use norm/merge_lanes.wgsl
//! use norm/pack/* as pack
//! use storage/* as storage
//! use norm/each/* by pack
//! use activation/* as act
// dz = dy · act'(z), and Σ dz over every piece of each channel: summed over the pieces that is db, where z = … + b.
struct Params { rows: Rows }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dy: array<StoredPack>;            // [N, C, S]
@group(0) @binding(2) var<storage, read> z: array<StoredPack>;             // [N, C, S]
@group(0) @binding(3) var<storage, read_write> dz: array<StoredPack>;      // [N, C, S]
@group(0) @binding(4) var<storage, read_write> partials: array<f32>; // [pieces, C]

alias Partial = Pack;

fn combine(a: Partial, b: Partial) -> Partial { return a + b; }

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let rows = params.rows;
  let share = share_of(rows, flat_group(group, groups), lane);
  var sum = Pack();
  var at = share.at;
  for (var k = 0u; k < share.trips; k++) {
    let value = Pack(dy[at.x]) * act_grad_each(Pack(z[at.x]));
    dz[at.x] = StoredPack(value);
    sum += value;
    at = next(rows, share, at);
  }
  sum = merge_lanes(rows.lanes, share.slot, sum);
  if (!leads(rows, share)) { return; }
  let first = (share.piece * rows.count + share.row) * CHANNELS;
  for (var k = 0u; k < CHANNELS; k++) { partials[first + k] = of_channel(sum, k); }
}
