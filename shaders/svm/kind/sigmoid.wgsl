//! use lib/tanh.wgsl
// K(x, s) = tanh(γ x·s + c)
fn gather(sum: vec4f, x: vec4f, s: f32) -> vec4f { return fma(x, vec4f(s), sum); }
fn finish(sum: vec4f) -> vec4f {
  let p = params.gamma * sum + vec4f(params.coef0);
  return vec4f(tanh_by_expm1(p.x), tanh_by_expm1(p.y), tanh_by_expm1(p.z), tanh_by_expm1(p.w));
}
