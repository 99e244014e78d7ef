//! use lib/nan.wgsl
//! use lib/expm1.wgsl
// act(x) = x for x > 0, α·(eˣ − 1) otherwise; act'(0) = α (Clevert, Unterthiner, Hochreiter 2015)
override ELU_ALPHA: f32 = 1.0;

fn act(x: f32) -> f32 { return keep_nan(x, select(ELU_ALPHA * expm1(x), x, x > 0.0)); }
fn act_grad(x: f32) -> f32 {
  return keep_nan(x, select(ELU_ALPHA * exp(clamp(x, -88.0, 0.0)), 1.0, x > 0.0));
}
