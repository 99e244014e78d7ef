// Σ (x − t)²: as near as its root.
fn apart(x: vec4f, t: vec4f) -> f32 {
  let away = x - t;
  return dot(away, away);
}
