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
  lanes: u32,    // 1, 8 or 64
  row_step: u32, // in planes
  run_step: u32, // in planes
  run: u32,      // S
  across: u32,   // 1: neighbouring lanes take neighbouring rows, for short runs; 0: neighbouring elements
  channels: u32,
  channel_step: u32, // how the channel grows from run to run
  stats_share: u32,  // neighbouring rows that share statistics
  stats_step: u32,   // how the row of statistics grows from run to run
}

fn rows_of(a: vec4u, b: vec4u, c: vec4u) -> Rows {
  return Rows(a.x, a.y, a.z, a.w, b.x, b.y, b.z, b.w, c.x, c.y, c.z, c.w);
}

// One lane's place in its piece: element j of the row, in run q at r.
struct Cursor {
  row: u32,
  piece: u32,
  member: u32, // which of the piece's lanes this is
  slot: u32,   // lanes of one piece, side by side
  j: u32,
  end: u32,
  q: u32,
  r: u32,
  step_q: u32,
  step_r: u32,
}

// Pieces are numbered piece · rows + row, and group · WG / lanes is the first one of this workgroup.
fn start(rows: Rows, group: u32, lane: u32) -> Cursor {
  let units = WG / rows.lanes;
  let across = rows.across == 1u;
  let member = select(lane % rows.lanes, lane / units, across);
  let unit = select(lane / rows.lanes, lane % units, across);
  let number = group * units + unit;
  let piece = number / rows.count;
  let j = piece * rows.piece + member;
  return Cursor(
    number % rows.count, piece, member, unit * rows.lanes + member,
    j, min((piece + 1u) * rows.piece, rows.length),
    j / rows.run, j % rows.run, rows.lanes / rows.run, rows.lanes % rows.run,
  );
}

// The digits of j are carried, not divided out.
fn next(rows: Rows, at: Cursor) -> Cursor {
  var c = at;
  c.j += rows.lanes;
  c.q += c.step_q;
  c.r += c.step_r;
  let carry = c.r >= rows.run;
  c.r -= select(0u, rows.run, carry);
  c.q += select(0u, 1u, carry);
  return c;
}

// Index in x of element r of run q.
fn element(rows: Rows, row: u32, q: u32, r: u32) -> u32 {
  return (row * rows.row_step + q * rows.run_step) * rows.run + r;
}

fn index(rows: Rows, c: Cursor) -> u32 { return element(rows, c.row, c.q, c.r); }

fn channel(rows: Rows, c: Cursor) -> u32 {
  return (c.row * rows.row_step) % rows.channels + c.q * rows.channel_step;
}

fn stats_row(rows: Rows, c: Cursor) -> u32 { return c.row / rows.stats_share + c.q * rows.stats_step; }

// True for the lane that speaks for a piece which exists.
fn leads(rows: Rows, c: Cursor) -> bool {
  return (c.member == 0u) & (c.piece * rows.piece < rows.length);
}
