// Statistics of a row: pivot, offset, rstd, variance; its mean is pivot + offset, kept apart because the sum rounds.
fn result(moments: vec3f, pivot: f32, eps: f32) -> vec4f {
  return vec4f(pivot, moments.y, inverseSqrt(moments.z + eps), moments.z);
}
