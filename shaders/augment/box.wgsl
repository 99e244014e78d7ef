//! use augment/draw.wgsl
// A box with a random part of an image's area and a random ratio of its sides. Up to ten draws: the first that fits is used.

struct Box {
  @align(16) area: f32, // minimum share of the area, then maximum − minimum
  area_range: f32,
  ratio: f32,           // minimum ln(width / height), then maximum − minimum
  ratio_range: f32,
}

// (height, width), 0 if none fits.
fn box_size(key: vec2u, image: u32, step: u32, size: vec2f, box: Box) -> vec2f {
  for (var k = 4u; k < 14u; k++) {
    let u = unit_pair(words_of(key, image, step, k));
    let area = size.x * size.y * (box.area + u.x * box.area_range);
    let ratio = sqrt(exp(box.ratio + u.y * box.ratio_range));
    let sides = round(sqrt(area) * vec2f(1.0 / ratio, ratio));
    if (all((sides >= vec2f(1.0)) & (sides <= size))) { return sides; }
  }
  return vec2f(0.0);
}

// Top left corner of such a box: uniform over the whole cells where it fits.
fn box_place(key: vec2u, image: u32, step: u32, size: vec2f, sides: vec2f) -> vec2f {
  let words = words_of(key, image, step, 3u);
  let room = vec2u(size - sides) + 1u;
  return vec2f(vec2u(multiply_high(words.x, room.x), multiply_high(words.y, room.y)));
}
