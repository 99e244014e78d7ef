//! use lib/nan.wgsl
// log(1 + x) for x in [0, 1]: 2·artanh(x / (2 + x)), the series to the 13th power (truncated at 2e-8 relative).
fn log1p_unit(x: f32) -> f32 {
  let s = x / (2.0 + x);
  let q = s * s;
  let tail = 1.0 / 7.0 + q * (1.0 / 9.0 + q * (1.0 / 11.0 + q / 13.0));
  return 2.0 * s * (1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * tail)));
}

// log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|)
fn softplus(x: f32) -> f32 {
  return keep_nan(x, max(x, 0.0) + log1p_unit(exp(-min(abs(x), 88.0))));
}
