// Moments of a piece, to be merged: pivot, offset, count, variance.
fn result(moments: vec3f, pivot: f32, eps: f32) -> vec4f {
  return vec4f(pivot, moments.y, moments.x, moments.z);
}
