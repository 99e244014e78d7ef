// Statistics of a row about 0, for RMS norm: 0, 0, 1/√(E[x²] + eps), E[x²], with E[x²] = var + mean², where nothing cancels.
fn result(moments: vec3f, pivot: f32, eps: f32, scale: vec2f) -> vec4f {
  if (scale.x > 1.0) { // scaled up for a small variance; the mean may be large
    return about_zero(vec3f(moments.x, moments.yz * vec2f(scale.y, scale.y * scale.y)), pivot, eps, AS_IS);
  }
  let s = about_zero(moments, pivot, eps, scale);
  if (is_finite(s.w) | (scale.x < 1.0)) { return s; }
  let shrunk = vec3f(moments.x, moments.y * SHRUNK.x, moments.z * SHRUNK.x * SHRUNK.x); // here var is finite and mean² overflows
  return about_zero(shrunk, pivot, eps, SHRUNK);
}

fn about_zero(moments: vec3f, pivot: f32, eps: f32, scale: vec2f) -> vec4f {
  let mean = pivot * scale.x + moments.y;
  let square = fma(mean, mean, moments.z);
  let rstd = inverseSqrt(square + eps * scale.x * scale.x) * scale.x;
  return vec4f(0.0, 0.0, rstd, square * scale.y * scale.y);
}
