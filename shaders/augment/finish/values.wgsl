//! use augment/box.wgsl
//! use augment/draw.wgsl
// The last steps for a value: noise, (v − mean) / spread, and erasing a box; by params.colours + 6 and + 7.
struct Finish {
  noisy: bool,
  erased: vec4f, // first row and column of the box, then those after the last
}

fn erased_box(image: u32, step: u32) -> vec4f {
  if (params.finish.erase.side > 0.0) {
    let words = words_of(params.key, image, step, 3u);
    let size = vec2u(params.size);
    let centre = vec2f(vec2u(multiply_high(words.x, size.x), multiply_high(words.y, size.y)));
    let corner = centre - floor(0.5 * params.finish.erase.side);
    return vec4f(corner, corner + params.finish.erase.side);
  }
  let sides = box_size(params.key, image, step, params.size, params.finish.erase.box);
  let corner = box_place(params.key, image, step, params.size, sides);
  return vec4f(corner, corner + sides);
}

fn draw_finish(image: u32) -> Finish {
  var finish = Finish(is_taken(params.key, image, params.colours + 6u, params.finish.noise.gate), vec4f(0.0));
  let step = params.colours + 7u;
  if (is_taken(params.key, image, step, params.finish.erase.gate)) { finish.erased = erased_box(image, step); }
  return finish;
}

// A channel's value at a cell (row, column) after noise, normalisation and erasing.
fn finished(finish: Finish, value: f32, c: u32, element: u32, at: vec2f) -> f32 {
  var result = value;
  if (finish.noisy) { result = noisy(result, c, element); }
  result = (result - params.finish.mean[c]) / params.finish.spread[c];
  if (all((at >= finish.erased.xy) & (at < finish.erased.zw))) {
    result = params.finish.erase.value[c];
    let deviation = params.finish.erase.deviation;
    if (deviation > 0.0) { result += deviation * normal_at(element, 0x60000000u); }
  }
  return result;
}
