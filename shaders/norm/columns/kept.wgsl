//! inout channels
//! use norm/pair_sums.wgsl
// Σ dz and Σ dz·x̂ of a piece of each channel: lanes walk down the channels, so that the elements read for dx serve for these sums, too.
@group(0) @binding(9) var<storage, read_write> channels: array<vec2f>; // [pieces, C]

alias Columns = Partial;

fn with_column(sum: Columns, dz: Pack, xhat: Pack) -> Columns { return with_pair(sum, dz, xhat); }

fn store_columns(rows: Rows, share: Share, sum: Columns) {
  let all = merge_lanes(rows.lanes, share.slot, sum);
  if (!leads(rows, share)) { return; }
  let first = (share.piece * rows.count + share.row) * CHANNELS;
  for (var k = 0u; k < CHANNELS; k++) { channels[first + k] = pair_of_channel(all, k); }
}
