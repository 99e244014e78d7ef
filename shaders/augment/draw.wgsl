//! use lib/multiply_high.wgsl
//! use lib/threefry.wgsl
// Random numbers of an image: pair k of step s is threefry(key, (image, 16·s + k)). A step is taken if its number, the
// first of pair 0, is below `chance`, and the number that all steps of its group share is in [low, high).

// Two words.
fn words_of(key: vec2u, image: u32, step: u32, k: u32) -> vec2u {
  return threefry(key, vec2u(image, 16u * step + k));
}

fn unit_pair(words: vec2u) -> vec2f { return vec2f(unit_interval(words.x), unit_interval(words.y)); }

// u in [0, 1) quantised to the n levels 0, 1/(n − 1), …, 1. For −n: n levels above the middle and n below, all equally likely, as
// if the sign were drawn separately. For 0: u.
fn leveled(u: f32, n: f32) -> f32 {
  if (n == 0.0) { return u; }
  if (n > 0.0) { return floor(u * n) / (n - 1.0); }
  let k = floor(u * -2.0 * n);
  let size = floor(0.5 * k) / (-n - 1.0);
  return 0.5 + select(0.5, -0.5, k > 2.0 * floor(0.5 * k)) * size;
}

struct Gate {
  @align(16) chance: u32, // ⌈probability · 2²⁴⌉
  group: u32,
  low: u32,               // the step is taken if its group's number, an integer below 2²⁴,
  high: u32,              // is at least `low` and below `high`
}

fn is_taken(key: vec2u, image: u32, step: u32, gate: Gate) -> bool {
  if (gate.chance == 0u) { return false; }
  let own = words_of(key, image, step, 0u).x >> 8u;
  let of_group = threefry(key, vec2u(image, 0x80000000u + gate.group)).x >> 8u;
  return (own < gate.chance) & (of_group >= gate.low) & (of_group < gate.high);
}

// Parameter of a step, from its own random number: least + leveled(u, levels) · range.
struct DrawnStep { gate: Gate, least: f32, range: f32, levels: f32 }

fn drawn_number(key: vec2u, image: u32, number: u32, step: DrawnStep) -> f32 {
  let u = unit_interval(words_of(key, image, number, 0u).y);
  return step.least + leveled(u, step.levels) * step.range;
}
