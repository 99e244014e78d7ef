//! use augment/draw.wgsl
//! use augment/normal_at.wgsl
// Some cells become white and some black, in all channels.
fn noisy(value: f32, c: u32, element: u32) -> f32 {
  let cell = element - c * u32(params.size.x * params.size.y);
  let u = unit_pair(threefry(params.key, vec2u(cell, 0x50000000u + params.colours)));
  return select(value, select(0.0, 1.0, u.y < params.finish.noise.white), u.x < params.finish.noise.part);
}
