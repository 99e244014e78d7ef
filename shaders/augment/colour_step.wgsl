//! use augment/grey.wgsl
// One step of colour on a pixel (r, g, b, a) in 0..1, as torchvision has it. An image of one channel is (v, v, v, v).

// factor·a + (1 − factor)·b, within 0..1
fn blend(a: vec4f, b: f32, factor: f32) -> vec4f {
  return vec4f(clamp(factor * a.xyz + (1.0 - factor) * b, vec3f(0.0), vec3f(1.0)), a.w);
}

// The hue rotated by `turn` revolutions: to hue, saturation and value and back (A. R. Smith 1978).
fn turned_hue(colour: vec4f, turn: f32) -> vec4f {
  let value = max(max(colour.x, colour.y), colour.z);
  let range = value - min(min(colour.x, colour.y), colour.z);
  if (range == 0.0) { return colour; }
  let away = (value - colour.xyz) / range;
  var hue = 4.0 + away.y - away.x;
  if (colour.y == value) { hue = 2.0 + away.x - away.z; }
  if (colour.x == value) { hue = away.z - away.y; }
  let sixth = fract(hue / 6.0 + 1.0 + turn) * 6.0;
  let k = (vec3f(5.0, 3.0, 1.0) + sixth) % 6.0;
  let part = clamp(min(k, 4.0 - k), vec3f(0.0), vec3f(1.0));
  return vec4f(value - range * part, colour.w);
}

// Step 0 is brightness, 1 contrast against the mean grey, 2 saturation, 3 hue; any of them in any order.
fn jittered(colour: vec4f, which: u32, factors: vec4f, grey: f32) -> vec4f {
  let factor = factors[which];
  if (which == 3u) { return turned_hue(colour, factor); }
  let against = vec3f(0.0, grey, grey_of(colour));
  return blend(colour, against[which], factor);
}
