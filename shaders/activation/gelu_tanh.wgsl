//! use lib/sigmoid.wgsl
// act(x) = x/2 · (1 + tanh u) = x · σ(2u), u = √(2/π)·(x + 0.044715·x³): the approximation of Hendrycks and Gimpel 2016
// act'(x) = σ(2u) + x · σ'(2u) · 2u'. x is clamped where σ(±2u) is 0 and 1, since ∞ · 0 is NaN.
const TWICE_ROOT = 1.5957691216057308; // 2·√(2/π)

fn twice_u(c: f32) -> f32 { return TWICE_ROOT * c * (1.0 + 0.044715 * c * c); }

fn act(x: f32) -> f32 {
  return keep_nan(x, max(x, -10.0) * sigmoid(twice_u(clamp(x, -10.0, 10.0))));
}
fn act_grad(x: f32) -> f32 {
  let c = clamp(x, -10.0, 10.0);
  let u = twice_u(c);
  let slope = TWICE_ROOT * (1.0 + 0.134145 * c * c);
  return keep_nan(x, sigmoid(u) + c * sigmoid_grad(u) * slope);
}
