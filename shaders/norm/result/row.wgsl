// Statistics of a row: pivot, offset, rstd, variance; its mean is pivot + offset, kept apart because the sum rounds.
fn result(moments: vec3f, pivot: f32, eps: f32, scale: vec2f) -> vec4f {
  let rstd = inverseSqrt(moments.z + eps * scale.x * scale.x) * scale.x;
  return vec4f(pivot, moments.y * scale.y, rstd, moments.z * scale.y * scale.y);
}
