//! use lib/nan.wgsl
// act(x) = x · tanh(log(1 + eˣ)) (Misra 2019). With n = e^−|x|, multiplied through so that nothing overflows:
// tanh(log(1 + eˣ)) = a / b with a = 1 + 2n, b = a + 2n² for x ≥ 0 and a = n² + 2n, b = a + 2 for x < 0.
// x is clamped where the other factor is 0, since ∞ · 0 is NaN.
fn act(x: f32) -> f32 {
  let n = exp(-min(abs(x), 88.0));
  let a = select(n * (n + 2.0), 1.0 + 2.0 * n, x >= 0.0);
  let b = a + select(2.0, 2.0 * n * n, x >= 0.0);
  return keep_nan(x, max(x, -88.0) * (a / b));
}

// act'(x) = tanh(log(1 + eˣ)) + x · (1 − tanh²(log(1 + eˣ))) · σ(x) = a/b + x · 4·(1 + n)·(n² or n) / b²
fn act_grad(x: f32) -> f32 {
  let n = exp(-min(abs(x), 88.0));
  let a = select(n * (n + 2.0), 1.0 + 2.0 * n, x >= 0.0);
  let b = a + select(2.0, 2.0 * n * n, x >= 0.0);
  let slope = 4.0 * (1.0 + n) * select(n, n * n, x >= 0.0) / (b * b);
  return keep_nan(x, a / b + clamp(x, -88.0, 88.0) * slope);
}
