// sums + (x − t)² of four queries: squared distances order as distances do.
fn apart(sums: vec4f, x: vec4f, t: f32) -> vec4f {
  let away = x - vec4f(t);
  return fma(away, away, sums);
}
