// Reductions over slices of a workgroup: SLICE neighbouring lanes share a row, WG / SLICE rows share a workgroup.
// Both are powers of two, SLICE ≤ WG. Every lane of a slice gets the result. Call from uniform control flow.
override WG: u32 = 64;
override SLICE: u32 = 64;

var<workgroup> slice_partials: array<f32, WG>;

fn slice_sum(lane: u32, value: f32) -> f32 {
  if (SLICE == 1u) { return value; }
  slice_partials[lane] = value;
  workgroupBarrier();
  for (var stride = SLICE / 2u; stride > 0u; stride >>= 1u) {
    if (lane % SLICE < stride) { slice_partials[lane] += slice_partials[lane + stride]; }
    workgroupBarrier();
  }
  let total = slice_partials[lane - lane % SLICE];
  workgroupBarrier(); // slice_partials may be reused by the next call
  return total;
}

// The greatest value of the slice; indeterminate if one is NaN.
fn slice_max(lane: u32, value: f32) -> f32 {
  if (SLICE == 1u) { return value; }
  slice_partials[lane] = value;
  workgroupBarrier();
  for (var stride = SLICE / 2u; stride > 0u; stride >>= 1u) {
    if (lane % SLICE < stride) {
      slice_partials[lane] = max(slice_partials[lane], slice_partials[lane + stride]);
    }
    workgroupBarrier();
  }
  let greatest = slice_partials[lane - lane % SLICE];
  workgroupBarrier(); // slice_partials may be reused by the next call
  return greatest;
}
