// One number from a vec4f of every lane, by the slot's join, in an order that is always the same. WG is a power of two;
// 0 is neutral, since what is joined is not negative. Call from uniform control flow.
override WG: u32 = 256;

var<workgroup> joined: array<f32, WG>;

fn join_two(a: f32, b: f32) -> f32 { return join(vec4f(a), vec4f(b)).x; }

fn join_lanes(lane: u32, value: vec4f) -> f32 {
  joined[lane] = join_two(join_two(value.x, value.y), join_two(value.z, value.w));
  workgroupBarrier();
  for (var stride = WG / 2u; stride > 0u; stride >>= 1u) {
    if (lane < stride) { joined[lane] = join_two(joined[lane], joined[lane + stride]); }
    workgroupBarrier();
  }
  return joined[0];
}
