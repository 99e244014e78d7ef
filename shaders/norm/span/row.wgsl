// Moments of a row of any length by a workgroup. Each lane merges blocks of 256 loads, since one long sum would lose digits.
const BLOCK = 256u;

var<workgroup> row_scale: vec2f;

fn moments_of(rows: Rows, share: Share, p: f32) -> Scaled {
  var part = share;
  var sum = Partial(0.0);
  for (var k = 0u; k < share.trips; k += BLOCK) {
    let j = share.slot + k * WG;
    part.trips = min(BLOCK, share.trips - k);
    part.at = vec4u(element(rows, share.row, j), j % rows.run, 0u, 0u);
    sum = combine(sum, lane_moments(rows, part, p));
  }
  let plain = merge_lanes(WG, share.slot, sum);
  if (share.slot == 0u) { row_scale = scale_for(plain.z, params.eps); }
  workgroupBarrier();
  let scale = row_scale;
  if (scale.x != 1.0) { sum = scaled_moments(rows, share, p, scale, share.slot, WG); }
  return Scaled(merge_lanes(WG, share.slot, sum), scale); // in uniform control flow, as its barriers need
}
