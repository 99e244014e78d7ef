//! use augment/draw.wgsl
// A box with a random part of an image's area and a random ratio of its sides. Of ten tries the first that fits counts.

struct Box {
  @align(16) area: f32, // least part of the area, and its range
  area_range: f32,
  ratio: f32,           // least ln(width / height), and its range
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

// Where such a box begins: a whole number of cells, all as likely.
fn box_place(key: vec2u, image: u32, step: u32, size: vec2f, sides: vec2f) -> vec2f {
  let words = words_of(key, image, step, 3u);
  let room = vec2u(size - sides) + 1u;
  return vec2f(vec2u(multiply_high(words.x, room.x), multiply_high(words.y, room.y)));
}
