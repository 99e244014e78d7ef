//! use lib/flat_index.wgsl
//! use element/* as element
//! use lib/lane_scan.wgsl
//! use scan/carry/* as carry
// y[r, j] = carry + Σ x[r, k] over the k ≤ j of j's piece of the row; k < j if exclusive; k ≥ j and k > j in reverse.
// LANES threads share a piece of at most 16·LANES elements: each sums 16 neighbours, the sums are scanned, and each thread
// adds its 16 to what is before them. The order of additions depends on sizes alone.
const WG = 64u;
const ITEMS = 16u;
override REVERSE: bool = false;

struct Params { rows: u32, length: u32, piece: u32, pieces: u32, exclusive: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>;       // [rows, length]
@group(0) @binding(3) var<storage, read_write> y: array<Element>; // [rows, length]

var<workgroup> tile: array<Element, WG * (ITEMS + 1u)>; // a lane's items side by side, padded by one against bank conflicts

const NOWHERE = 0xffffffffu;

// Where step t of the workgroup's pieces lies in x, t counted in the order of the scan.
fn place_of(first: u32, t: u32) -> u32 {
  let unit = first + t / (LANES * ITEMS);
  let step = t % (LANES * ITEMS);
  let start = unit % params.pieces * params.piece;
  let row = unit / params.pieces;
  let here = select(0u, min(params.piece, params.length - start), start < params.length);
  let j = start + select(step, here - 1u - step, REVERSE);
  let real = (row < params.rows) & (step < here);
  return select(NOWHERE, row * params.length + j, real);
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let first = flat_group(group, groups) * (WG / LANES);
  for (var k = 0u; k < ITEMS; k++) {
    let t = k * WG + lane;
    let at = place_of(first, t);
    var value = Element(0);
    if (at != NOWHERE) { value = x[at]; }
    tile[t / ITEMS * (ITEMS + 1u) + t % ITEMS] = value;
  }
  workgroupBarrier();
  let mine = lane * (ITEMS + 1u);
  var total = Element(0);
  for (var k = 0u; k < ITEMS; k++) { total += tile[mine + k]; }
  let before_me = lane_scan(lane, total);
  let unit = first + lane / LANES;
  let row = unit / params.pieces;
  var running = Element(0);
  if (row < params.rows) { running = carry(unit % params.pieces * params.rows + row); }
  running += before_me;
  for (var k = 0u; k < ITEMS; k++) {
    let before = running;
    running += tile[mine + k];
    tile[mine + k] = select(running, before, params.exclusive == 1u);
  }
  workgroupBarrier();
  for (var k = 0u; k < ITEMS; k++) {
    let t = k * WG + lane;
    let at = place_of(first, t);
    if (at != NOWHERE) { y[at] = tile[t / ITEMS * (ITEMS + 1u) + t % ITEMS]; }
  }
}
