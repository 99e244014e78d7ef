//! use optim/greatest.wgsl
// Every element between −limit and limit; a NaN stays.
fn clipped(g: vec4f) -> vec4f {
  let limit = vec4f(params.limit);
  return select(clamp(g, -limit, limit), g, nan4(g));
}
