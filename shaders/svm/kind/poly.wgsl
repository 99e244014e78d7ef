// K(x, s) = (γ x·s + c)^degree
fn gather(sum: vec4f, x: vec4f, s: f32) -> vec4f { return fma(x, vec4f(s), sum); }
fn finish(sum: vec4f) -> vec4f {
  let base = params.gamma * sum + vec4f(params.coef0);
  var power = vec4f(1.0);
  for (var k = 0u; k < params.degree; k++) { power *= base; }
  return power;
}
