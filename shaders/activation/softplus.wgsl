//! use lib/softplus.wgsl
//! use lib/sigmoid.wgsl
// act(x) = log(1 + e^βx) / β, act'(x) = σ(βx); x and 1 where βx > threshold, as in PyTorch
override SOFTPLUS_BETA: f32 = 1.0;
override SOFTPLUS_THRESHOLD: f32 = 20.0;

fn act(x: f32) -> f32 {
  let z = SOFTPLUS_BETA * x;
  return select(softplus(z) / SOFTPLUS_BETA, x, z > SOFTPLUS_THRESHOLD);
}
fn act_grad(x: f32) -> f32 {
  let z = SOFTPLUS_BETA * x;
  return select(sigmoid(z), 1.0, z > SOFTPLUS_THRESHOLD);
}
