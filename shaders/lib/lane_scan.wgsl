// Exclusive scan: Σ value over the lanes before this one, among LANES neighbours of a workgroup of 64. Sums within groups of
// eight, then over the groups: two barriers where a tree takes twelve. Call once, from uniform control flow. Needs `alias Element`.
override LANES: u32 = 64; // lanes that are scanned together: 8 or 64

var<workgroup> lane_values: array<Element, 64>;
var<workgroup> eight_values: array<Element, 8>;

fn lane_scan(lane: u32, value: Element) -> Element {
  lane_values[lane] = value;
  workgroupBarrier();
  var near = Element(0);
  for (var other = lane / 8u * 8u; other < lane; other++) { near += lane_values[other]; }
  if (LANES == 8u) { return near; }
  if (lane % 8u == 7u) { eight_values[lane / 8u] = near + value; }
  workgroupBarrier();
  var far = Element(0);
  for (var eight = 0u; eight < lane / 8u; eight++) { far += eight_values[eight]; }
  return far + near;
}
