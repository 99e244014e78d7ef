//! use lib/nan.wgsl
//! use lib/expm1.wgsl
// act(x) = γ·x for x > 0, γ·α·(eˣ − 1) otherwise; act'(0) = γ·α (Klambauer, Unterthiner, Mayr, Hochreiter 2017, their λ = γ)
override SELU_GAMMA: f32 = 1.0507009873554805;
override SELU_ALPHA: f32 = 1.6732632423543772;

fn act(x: f32) -> f32 {
  return keep_nan(x, SELU_GAMMA * select(SELU_ALPHA * expm1(x), x, x > 0.0));
}
fn act_grad(x: f32) -> f32 {
  return keep_nan(x, SELU_GAMMA * select(SELU_ALPHA * exp(clamp(x, -88.0, 0.0)), 1.0, x > 0.0));
}
