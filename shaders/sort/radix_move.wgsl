//! use lib/count_scan.wgsl
//! use lib/flat_index.wgsl
//! use sort/digits.wgsl
// moved[r, p] = keys[r, j] with p = starts[r, d, b] + how many keys of digit d are before j in its block b: the stable
// partition by one digit, ids alike. Lane l owns the keys 16l … 16l + 15 of the block and counts them in bins[digit, lane];
// the running sums of all bins are where each lane puts its first key of each digit, in the block sorted by digit.
struct Params { rows: u32, length: u32, blocks: u32, shift: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> keys: array<u32>;             // [rows, length]
@group(0) @binding(2) var<storage, read> ids: array<u32>;              // [rows, length]
@group(0) @binding(3) var<storage, read> starts: array<u32>;           // [rows, 16, blocks]
@group(0) @binding(4) var<storage, read_write> moved: array<u32>;      // [rows, length]
@group(0) @binding(5) var<storage, read_write> moved_ids: array<u32>;  // [rows, length]

var<workgroup> tile: array<u32, WG * (ITEMS + 1u)>; // a lane's keys side by side, padded by one against bank conflicts
var<workgroup> bins: array<u32, DIGITS * WG>;       // [digit, lane]
var<workgroup> order: array<u32, BLOCK>;            // the block sorted by digit: which key is where
var<workgroup> firsts: array<u32, DIGITS>;          // where each digit begins in the sorted block

// Exclusive running sums over all bins, digit after digit. Call from uniform control flow.
fn scan_bins(lane: u32) {
  var total = 0u;
  for (var k = 0u; k < ITEMS; k++) { total += bins[lane * ITEMS + k]; }
  var running = count_scan(lane, total);
  for (var k = 0u; k < ITEMS; k++) {
    let count = bins[lane * ITEMS + k];
    bins[lane * ITEMS + k] = running;
    running += count;
  }
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let work = flat_group(group, groups);
  let row = work / params.blocks;
  let piece = work % params.blocks;
  let base = row * params.length + piece * BLOCK;
  let here = select(0u, min(BLOCK, params.length - piece * BLOCK), row < params.rows);
  for (var d = 0u; d < DIGITS; d++) { bins[d * WG + lane] = 0u; }
  for (var t = lane; t < here; t += WG) { tile[t / ITEMS * (ITEMS + 1u) + t % ITEMS] = keys[base + t]; }
  workgroupBarrier();
  let mine = lane * (ITEMS + 1u);
  let owned = min(ITEMS, here - min(here, lane * ITEMS));
  for (var k = 0u; k < owned; k++) { bins[digit_of(tile[mine + k], params.shift) * WG + lane] += 1u; }
  workgroupBarrier();
  scan_bins(lane);
  workgroupBarrier();
  if (lane < DIGITS) { firsts[lane] = bins[lane * WG]; }
  workgroupBarrier(); // all lanes have read `bins`, which the loop below changes
  for (var k = 0u; k < owned; k++) {
    let bin = digit_of(tile[mine + k], params.shift) * WG + lane;
    order[bins[bin]] = lane * ITEMS + k;
    bins[bin] += 1u;
  }
  workgroupBarrier();
  for (var place = lane; place < here; place += WG) {
    let t = order[place];
    let key = tile[t / ITEMS * (ITEMS + 1u) + t % ITEMS];
    let d = digit_of(key, params.shift);
    let to = row * params.length + starts[(row * DIGITS + d) * params.blocks + piece] + place - firsts[d];
    moved[to] = key;
    moved_ids[to] = ids[base + t];
  }
}
