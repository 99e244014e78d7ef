//! use augment/normal_at.wgsl
// A normal number for each element is added; the result is clamped to 0..1 if `clip` is set.
fn noisy(value: f32, c: u32, element: u32) -> f32 {
  let noise = params.finish.noise;
  let result = value + noise.mean + noise.deviation * normal_at(element, 0x40000000u);
  return select(result, clamp(result, 0.0, 1.0), noise.clip == 1u);
}
