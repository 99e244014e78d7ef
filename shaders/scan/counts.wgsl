//! use lib/count_scan.wgsl
//! use lib/flat_index.wgsl
// starts[r, j] = Σ counts[r, k] over k < j, in whole numbers: where each bin begins once all before it are filled.
// A workgroup scans a row, 1,024 counts at a time: rows of counts are short, one workgroup each is enough.
const WG = 64u;
const ITEMS = 16u;
const TILE = 1024u; // WG · ITEMS

struct Params { rows: u32, length: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> counts: array<u32>;       // [rows, length]
@group(0) @binding(2) var<storage, read_write> starts: array<u32>; // [rows, length]

var<workgroup> tile: array<u32, WG * (ITEMS + 1u)>; // a lane's items side by side, padded by one against bank conflicts
var<workgroup> reached: u32; // the sum of all counts so far

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = flat_group(group, groups);
  let length = select(0u, params.length, row < params.rows);
  let mine = lane * (ITEMS + 1u);
  var carry = 0u;
  for (var base = 0u; base < params.length; base += TILE) {
    for (var t = lane; t < TILE; t += WG) {
      var count = 0u;
      if (base + t < length) { count = counts[row * params.length + base + t]; }
      tile[t / ITEMS * (ITEMS + 1u) + t % ITEMS] = count;
    }
    workgroupBarrier();
    var total = 0u;
    for (var k = 0u; k < ITEMS; k++) { total += tile[mine + k]; }
    var running = carry + count_scan(lane, total);
    for (var k = 0u; k < ITEMS; k++) {
      let count = tile[mine + k];
      tile[mine + k] = running;
      running += count;
    }
    if (lane == WG - 1u) { reached = running; }
    workgroupBarrier();
    carry = reached;
    for (var t = lane; t < TILE; t += WG) {
      if (base + t < length) {
        starts[row * params.length + base + t] = tile[t / ITEMS * (ITEMS + 1u) + t % ITEMS];
      }
    }
    workgroupBarrier(); // tile and reached are filled again
  }
}
