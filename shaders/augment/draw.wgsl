//! use lib/multiply_high.wgsl
//! use lib/threefry.wgsl
// Random numbers of an image: pair k of step s is threefry(key, (image, 16·s + k)). A step is taken where its own number,
// the first of pair 0, lies below a chance, and that of its group, of which the steps share one number, within a range.

// Two words.
fn words_of(key: vec2u, image: u32, step: u32, k: u32) -> vec2u {
  return threefry(key, vec2u(image, 16u * step + k));
}

fn unit_pair(words: vec2u) -> vec2f { return vec2f(unit_interval(words.x), unit_interval(words.y)); }

// gate = (⌈chance·2²⁴⌉, group, first and last + 1 of 2²⁴ numbers of the group)
fn is_taken(key: vec2u, image: u32, step: u32, gate: vec4u) -> bool {
  if (gate.x == 0u) { return false; }
  let own = words_of(key, image, step, 0u).x >> 8u;
  let of_group = threefry(key, vec2u(image, 0x80000000u + gate.y)).x >> 8u;
  return (own < gate.x) & (of_group >= gate.z) & (of_group < gate.w);
}
