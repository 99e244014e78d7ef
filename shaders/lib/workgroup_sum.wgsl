// Sum of one value per lane across the workgroup, by a tree. WG is a power of two. Call from uniform control flow.
override WG: u32 = 64;

var<workgroup> partial_sums: array<f32, WG>;

fn workgroup_sum(lane: u32, value: f32) -> f32 {
  partial_sums[lane] = value;
  workgroupBarrier();
  for (var stride = WG / 2u; stride > 0u; stride >>= 1u) {
    if (lane < stride) { partial_sums[lane] += partial_sums[lane + stride]; }
    workgroupBarrier();
  }
  let total = partial_sums[0];
  workgroupBarrier(); // partial_sums may be reused by the next call
  return total;
}
