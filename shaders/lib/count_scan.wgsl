// As lane_scan.wgsl for whole numbers and all 64 lanes: Σ value over the lanes before this one. Call from uniform control
// flow, and put a barrier between two calls.
var<workgroup> lane_counts: array<u32, 64>;
var<workgroup> eight_counts: array<u32, 8>;

fn count_scan(lane: u32, value: u32) -> u32 {
  lane_counts[lane] = value;
  workgroupBarrier();
  var before = 0u;
  for (var other = lane / 8u * 8u; other < lane; other++) { before += lane_counts[other]; }
  if (lane % 8u == 7u) { eight_counts[lane / 8u] = before + value; }
  workgroupBarrier();
  for (var eight = 0u; eight < lane / 8u; eight++) { before += eight_counts[eight]; }
  return before;
}
