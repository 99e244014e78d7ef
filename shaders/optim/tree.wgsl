//! use optim/greatest.wgsl
// One number from one of every lane, in an order that is always the same. WG is a power of two; 0 is neutral, since no
// value is negative. Call from uniform control flow.
override WG: u32 = 256;

var<workgroup> joined: array<f32, WG>;

fn lanes_sum(lane: u32, value: f32) -> f32 {
  joined[lane] = value;
  workgroupBarrier();
  for (var stride = WG / 2u; stride > 0u; stride >>= 1u) {
    if (lane < stride) { joined[lane] = joined[lane] + joined[lane + stride]; }
    workgroupBarrier();
  }
  let sum = joined[0];
  workgroupBarrier(); // the next call may overwrite `joined`
  return sum;
}

fn lanes_greatest(lane: u32, value: f32) -> f32 {
  joined[lane] = value;
  workgroupBarrier();
  for (var stride = WG / 2u; stride > 0u; stride >>= 1u) {
    if (lane < stride) { joined[lane] = greatest(vec4f(joined[lane]), vec4f(joined[lane + stride])).x; }
    workgroupBarrier();
  }
  let most = joined[0];
  workgroupBarrier(); // the next call may overwrite `joined`
  return most;
}
