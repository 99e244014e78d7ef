// act(x) = min(max(α·x + β, 0), 1); act' = 0 at both limits as in PyTorch, and act'(NaN) = 0. NaN stays NaN: both
// comparisons are false.
override HARDSIGMOID_ALPHA: f32 = 0.16666666666666667;
override HARDSIGMOID_BETA: f32 = 0.5;

fn hardsigmoid_line(x: f32) -> f32 { return fma(HARDSIGMOID_ALPHA, x, HARDSIGMOID_BETA); }
fn act(x: f32) -> f32 {
  let z = hardsigmoid_line(x);
  return select(select(z, 1.0, z >= 1.0), 0.0, z <= 0.0);
}
fn act_grad(x: f32) -> f32 {
  let z = hardsigmoid_line(x);
  return select(0.0, HARDSIGMOID_ALPHA, (z > 0.0) & (z < 1.0));
}
