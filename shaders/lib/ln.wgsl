//! use lib/nan.wgsl
//! use lib/softplus.wgsl
// ln x for x ≥ 0, accurate near 1 too, where WGSL bounds the error of log by 2⁻²¹ only: ln x = ± log(1 + d) for x on
// either side of 1, with d in [0, 1]. −∞ at 0 (some drivers have −88 there), NaN for NaN and x < 0.
fn ln(x: f32) -> f32 {
  let below = -log1p_unit((1.0 - x) / x);
  let close = select(log1p_unit(x - 1.0), below, x < 1.0);
  let real = select(log(max(x, 0.0)), close, (x > 0.5) & (x < 2.0));
  let defined = select(real, -infinity(), x == 0.0);
  return select(quiet_nan(), defined, x >= 0.0);
}

// qᵍ for q in [0, 1] and g ≥ 0; 0⁰ = 1
fn unit_power(q: f32, g: f32) -> f32 {
  let power = exp(max(g * ln(q), -110.0));
  return keep_nan(q, select(power, select(0.0, 1.0, g == 0.0), q == 0.0));
}
