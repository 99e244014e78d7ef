// Moments of a piece, to be merged: pivot, offset, count, variance; −√variance where the values were scaled.
fn result(moments: vec3f, pivot: f32, eps: f32, scale: vec2f) -> vec4f {
  let spread = select(moments.z, -sqrt(moments.z) * scale.y, scale.x != 1.0);
  return vec4f(pivot, moments.y * scale.y, moments.x, spread);
}
