//! use lib/flat_index.wgsl
//! use sort/digits.wgsl
// counts[r, d, b] = Σ 1 over the keys of block b of row r whose digit (key >> shift) & 15 is d.
// Every lane counts in bins of its own, so that equal keys do not contend for one counter.
struct Params { rows: u32, length: u32, blocks: u32, shift: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> keys: array<u32>;         // [rows, length]
@group(0) @binding(2) var<storage, read_write> counts: array<u32>; // [rows, 16, blocks]

var<workgroup> bins: array<u32, DIGITS * WG>; // [digit, lane]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let work = flat_group(group, groups);
  let row = work / params.blocks;
  let piece = work % params.blocks;
  for (var d = 0u; d < DIGITS; d++) { bins[d * WG + lane] = 0u; }
  if (row < params.rows) {
    let last = min((piece + 1u) * BLOCK, params.length);
    for (var j = piece * BLOCK + lane; j < last; j += WG) {
      bins[digit_of(keys[row * params.length + j], params.shift) * WG + lane] += 1u;
    }
  }
  workgroupBarrier();
  var sum = 0u; // lanes 4d … 4d + 3 share the bins of digit d
  for (var k = 0u; k < ITEMS; k++) { sum += bins[lane * ITEMS + k]; }
  workgroupBarrier(); // all lanes have read `bins`, which is overwritten now
  bins[lane] = sum;
  workgroupBarrier();
  if ((row < params.rows) & (lane % 4u == 0u)) {
    let total = bins[lane] + bins[lane + 1u] + bins[lane + 2u] + bins[lane + 3u];
    counts[(row * DIGITS + lane / 4u) * params.blocks + piece] = total;
  }
}
