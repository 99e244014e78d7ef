// Statistics of a row about 0, for RMS norm: 0, 0, 1/√(E[x²] + eps), E[x²], with E[x²] = var + mean², where nothing cancels.
fn result(moments: vec3f, pivot: f32, eps: f32) -> vec4f {
  let mean = pivot + moments.y;
  let square = fma(mean, mean, moments.z);
  return vec4f(0.0, 0.0, inverseSqrt(square + eps), square);
}
