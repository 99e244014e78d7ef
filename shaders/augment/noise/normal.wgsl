//! use augment/normal_at.wgsl
// A normal number for each element, and bounds of the result if there are any: noise = (mean, deviation, least, most).
fn noisy(value: f32, c: u32, element: u32) -> f32 {
  let result = value + params.noise.x + params.noise.y * normal_at(element, 0x40000000u);
  return select(result, clamp(result, params.noise.z, params.noise.w), params.noise.z < params.noise.w);
}
