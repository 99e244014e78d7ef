// Combines what the lanes of a piece found, eight at a time in fixed order: two barriers for 64 lanes where a binary
// tree takes seven. The kernel defines `alias Partial` and `combine`; the result is for the lane with member 0.
override ALONE: bool = false; // `lanes` is 1: the pipeline has no barriers
const LEVELS = 2u; // 8² = WG

var<workgroup> found: array<Partial, LEVELS * WG>;

fn merge_lanes(lanes: u32, slot: u32, mine: Partial) -> Partial {
  if (ALONE) { return mine; }
  var total = mine;
  var level = 0u; // each level has its own part of `found`, so that no barrier is needed before writing
  for (var width = 1u; width < lanes; width *= 8u) {
    found[level * WG + slot] = total;
    workgroupBarrier(); // in uniform control flow: `lanes` is the same for all invocations
    if (slot % (8u * width) == 0u) {
      for (var k = 1u; k < 8u; k++) { total = combine(total, found[level * WG + slot + k * width]); }
    }
    level += 1u;
  }
  return total;
}
