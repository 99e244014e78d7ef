//! use augment/draw.wgsl
// What an image's colours are changed by: each step drawn from its own numbers, those that are not taken left out.
struct Change {
  order: vec4u,     // steps of jitter, 4 for none
  factors: vec4f,
  tones: vec2f,     // 0 and 2 for none
}

// The permutation of 0, 1, 2, 3 of a number below 24.
fn order_of(number: u32) -> vec4u {
  var left = vec4u(0u, 1u, 2u, 3u);
  var order = vec4u(0u);
  var code = number;
  for (var i = 0u; i < 4u; i++) {
    let n = 4u - i;
    order[i] = left[code % n];
    left[code % n] = left[n - 1u];
    code /= n;
  }
  return order;
}

fn draw_change(image: u32) -> Change {
  var change = Change(vec4u(0u, 1u, 2u, 3u), vec4f(0.0), vec2f(0.0, 2.0));
  var taken = vec4<bool>(false);
  for (var k = 0u; k < 4u; k++) {
    let step = params.colours + k;
    taken[k] = is_taken(params.key, image, step, vec4u(params.gates[k]));
    if (taken[k]) {
      change.factors[k] = params.least[k] + leveled(unit_interval(words_of(params.key, image, step, 0u).y), params.levels[k]) * params.range[k];
    }
  }
  if (params.shuffled == 1u) {
    change.order = order_of(multiply_high(words_of(params.key, image, params.colours, 1u).x, 24u));
  }
  for (var i = 0u; i < 4u; i++) { change.order[i] = select(4u, change.order[i], taken[change.order[i]]); }
  let posterize = params.colours + 4u;
  if (is_taken(params.key, image, posterize, vec4u(params.gates[4]))) {
    let u = unit_interval(words_of(params.key, image, posterize, 0u).y);
    let bits = round(params.tones.x + leveled(u, params.tone_levels.x) * params.tones.y);
    change.tones.x = f32(1u << u32(8.0 - bits));
  }
  let solarize = params.colours + 5u;
  if (is_taken(params.key, image, solarize, vec4u(params.gates[5]))) {
    let u = unit_interval(words_of(params.key, image, solarize, 0u).y);
    change.tones.y = params.tones.z + leveled(u, params.tone_levels.y) * params.tones.w;
  }
  return change;
}
