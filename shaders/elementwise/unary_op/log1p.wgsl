//! use lib/ln.wgsl
// op(x) = log(1 + x) without cancellation near 0: with d in [0, 1], log(1 + d) above 0 and −log(1 + d) with
// 1 + x = 1 / (1 + d) below. −∞ at −1, NaN for x < −1
fn op(x: f32) -> f32 {
  let close = select(log1p_unit(x), -log1p_unit(-x / (1.0 + x)), x < 0.0);
  return keep_nan(x, select(ln(1.0 + x), close, (x >= -0.5) & (x <= 1.0)));
}
fn op_grad(x: f32) -> f32 { return 1.0 / (1.0 + x); }
