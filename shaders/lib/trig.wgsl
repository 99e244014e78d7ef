// sin and cos for |x| up to about 1e5, to 2e-7; WGSL promises its own only to 2⁻¹¹.
// x = r + k·π/2 with |r| ≤ π/4, π/2 split in three so that the first products are exact (Cody, Waite 1980);
// then the Taylor series, truncated below 3e-8.
fn trig_remainder(x: f32, k: f32) -> f32 {
  return ((x - k * 1.5703125) - k * 4.837512969970703e-4) - k * 7.54978995489188e-8;
}

// sin(x + turns·π/2)
fn sin_turned(x: f32, turns: i32) -> f32 {
  let k = round(x * 0.636619772);
  let r = trig_remainder(x, k);
  let q = r * r;
  let odd = r * (1.0 - q / 6.0 * (1.0 - q / 20.0 * (1.0 - q / 42.0 * (1.0 - q / 72.0))));
  let even = 1.0 - q / 2.0 * (1.0 - q / 12.0 * (1.0 - q / 30.0 * (1.0 - q / 56.0)));
  let quadrant = (i32(k) + turns) & 3;
  let value = select(odd, even, (quadrant & 1) == 1);
  return select(value, -value, quadrant >= 2);
}
