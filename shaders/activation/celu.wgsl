//! use lib/nan.wgsl
//! use lib/expm1.wgsl
// act(x) = x for x > 0, α·(e^(x/α) − 1) otherwise; act'(0) = 1 (Barron 2017)
override CELU_ALPHA: f32 = 1.0;

fn act(x: f32) -> f32 {
  return keep_nan(x, select(CELU_ALPHA * expm1(x / CELU_ALPHA), x, x > 0.0));
}
fn act_grad(x: f32) -> f32 { return keep_nan(x, exp(clamp(x / CELU_ALPHA, -88.0, 0.0))); }
