// A power of two near m ≥ 0 to divide by: quotients below 4, whose squares can be summed, and no rounding. 1 for 0, ±∞
// and NaN. Numbers whose magnitude is not normal count as 0.
fn unit_near(m: f32) -> f32 {
  let exponent = (bitcast<u32>(m) >> 23u) & 0xffu;
  let usual = (exponent != 0u) & (exponent != 255u);
  return select(1.0, bitcast<f32>(min(exponent, 253u) << 23u), usual);
}
