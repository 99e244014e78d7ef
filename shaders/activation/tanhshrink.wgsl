//! use lib/tanh.wgsl
// act(x) = x − tanh x, act'(x) = tanh² x
fn act(x: f32) -> f32 { return x - tanh_by_expm1(x); }
fn act_grad(x: f32) -> f32 {
  let t = tanh_by_expm1(x);
  return t * t;
}
