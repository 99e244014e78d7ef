// The rows of x[N, C, S] (S: product of the spatial axes): sets of elements that share statistics or a sum.
// A row is a run of S contiguous elements in each of several planes; plane n·C + c holds x[n, c, :].
//   group norm, K = C/groups:  row n·groups + g has the planes row·K + q, q < K         row_step K, run_step 1
//   batch norm; sums of γ, β:  row c has the planes q·C + c, q < N                      row_step 1, run_step C
// Instance norm is K = 1; layer norm is one group with S = 1. A row is cut into pieces; `lanes` lanes walk a piece.
const WG = 64u;

struct Rows {
  count: u32,    // rows
  length: u32,   // elements a row
  piece: u32,    // elements a piece; the last one of a row may be shorter
  lanes: u32,    // lanes a piece: 1, 8 or 64
  row_step: u32, // planes from row to row
  run_step: u32, // planes from run to run
  run: u32,      // S
  across: u32,   // 1: neighbouring lanes take neighbouring rows, for short runs; 0: neighbouring elements
  channels: u32,
  channel_step: u32, // increment of the channel from run to run
  stats_share: u32,  // neighbouring rows that share statistics
  stats_step: u32,   // increment of the row of statistics from run to run
}

// One lane's share of its piece: `trips` elements, `step` apart. A place in x is
//   vec4u(index in x, offset in the run, channel, row of statistics)
// updated from element to element by additions instead of divisions: `wrap` is added at the end of a run.
struct Share {
  row: u32,
  piece: u32,
  slot: u32, // lanes of one piece, side by side
  trips: u32,
  at: vec4u,
  step: vec4u,
  wrap: vec4u,
}

// Index in x of element j of a row.
fn element(rows: Rows, row: u32, j: u32) -> u32 {
  return (row * rows.row_step + j / rows.run * rows.run_step) * rows.run + j % rows.run;
}

// Pieces are numbered piece · rows + row, and group · WG / lanes is the first one of this workgroup.
fn share_of(rows: Rows, group: u32, lane: u32) -> Share {
  let units = WG / rows.lanes;
  let across = rows.across == 1u;
  let member = select(lane % rows.lanes, lane / units, across);
  let unit = select(lane / rows.lanes, lane % units, across);
  let number = group * units + unit;
  let row = number % rows.count;
  let piece = number / rows.count;
  let j = piece * rows.piece + member;
  let end = min((piece + 1u) * rows.piece, rows.length);
  let q = j / rows.run;
  let step_q = rows.lanes / rows.run;
  let step_r = rows.lanes % rows.run;
  let plane = rows.run_step * rows.run; // elements from run to run
  let first_channel = (row * rows.row_step) % rows.channels;
  return Share(
    row, piece, unit * rows.lanes + member,
    select(0u, (end - j + rows.lanes - 1u) / rows.lanes, j < end),
    vec4u(
      element(rows, row, j), j % rows.run,
      first_channel + q * rows.channel_step, row / rows.stats_share + q * rows.stats_step,
    ),
    vec4u(step_q * plane + step_r, step_r, step_q * rows.channel_step, step_q * rows.stats_step),
    vec4u(plane - rows.run, 0u - rows.run, rows.channel_step, rows.stats_step),
  );
}

fn next(rows: Rows, share: Share, at: vec4u) -> vec4u {
  let ahead = at + share.step;
  if (CHANNELS > 1u) { return ahead; } // a run is one pack
  return ahead + select(vec4u(0u), share.wrap, ahead.y >= rows.run);
}

// True for the lane that writes the result of an existing piece.
fn leads(rows: Rows, share: Share) -> bool {
  return (share.slot % rows.lanes == 0u) & (share.piece * rows.piece < rows.length);
}
