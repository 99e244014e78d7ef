// One number from a vec4f of every lane, by the slot's join, in an order that is always the same. WG is a power of two;
// 0 is neutral, since what is joined is not negative. Call from uniform control flow.
override WG: u32 = 256;

var<workgroup> joined: array<vec4f, WG>;

fn join_lanes(lane: u32, value: vec4f) -> f32 {
  joined[lane] = value;
  workgroupBarrier();
  for (var stride = WG / 2u; stride > 0u; stride >>= 1u) {
    if (lane < stride) { joined[lane] = join(joined[lane], joined[lane + stride]); }
    workgroupBarrier();
  }
  let all = joined[0];
  return join(join(all, all.yyyy), join(all.zzzz, all.wwww)).x;
}
