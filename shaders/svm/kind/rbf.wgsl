//! use lib/exp_below.wgsl
// K(x, s) = e^(−γ‖x − s‖²), from differences: nothing cancels in it.
fn gather(sum: vec4f, x: vec4f, s: f32) -> vec4f {
  let away = x - vec4f(s);
  return fma(away, away, sum);
}
fn finish(sum: vec4f) -> vec4f {
  let p = -params.gamma * sum;
  return vec4f(exp_below(p.x), exp_below(p.y), exp_below(p.z), exp_below(p.w));
}
