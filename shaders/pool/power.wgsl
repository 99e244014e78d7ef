//! use lib/nan.wgsl
// xᵖ and s^(1/p) for a whole p
override POWER: u32 = 2u; // p

// xⁿ by multiplication: signed for odd n, unlike pow()
fn power(x: f32, n: u32) -> f32 {
  var result = 1.0;
  for (var k = 0u; k < n; k++) { result *= x; }
  return result;
}

// s^(1/p): NaN for s < 0 unless p = 1. WGSL's pow() is good to 1e-6; one step of Newton's method takes it to rounding,
// and keeps NaN and ∞.
fn root(s: f32) -> f32 {
  if (POWER == 1u) { return s; }
  if (s == 0.0) { return 0.0; }
  if (s < 0.0) { return quiet_nan(); }
  if (POWER == 2u) { return sqrt(s); }
  let n = f32(POWER);
  let r = pow(min(s, 3e38), 1.0 / n);
  return r + r * (s / power(r, POWER) - 1.0) / n;
}
